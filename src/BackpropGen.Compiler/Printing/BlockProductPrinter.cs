using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Writes a product of rows and a narrow matrix for as many rows as a register has lanes: the rows' elements are brought into columns, and
/// every column of the result is summed in a register of its own.
/// </summary>
internal sealed class BlockProductPrinter
{
    // A multiplication and addition takes four cycles, and two begin in one: fewer sums than eight would wait for each other.
    private const int SumsAtOnce = 8;

    private const int SumsInLine = 4;

    private const string Columns = "columns";

    private static readonly Register Register = Register.Wide;

    private readonly Statement product;
    private readonly CodeWriter writer;
    private readonly Read rows;
    private readonly Read matrix;
    private readonly Axis term;
    private readonly Axis column;
    private readonly int chains;

    /// <param name="product">The product.</param>
    /// <param name="writer">Where to.</param>
    public BlockProductPrinter(Statement product, CodeWriter writer)
    {
        this.product = product;
        this.writer = writer;
        (rows, matrix) = RowBlocks.Factors(product)!.Value;
        term = product.Value.Over[0];
        column = product.At[1].Pure!;
        chains = column.Extent.Value < SumsAtOnce && term.Extent.Value % 2 == 0 ? 2 : 1;
    }

    private string Terms => Number(term.Extent.Value);

    /// <summary>The place of the columns.</summary>
    public void MakeRoom(string place) => writer.Line($"ref float {Columns} = ref {place}; // {rows.Tensor.Symbol} [{Terms}, {Register.Count}]");

    /// <param name="row">The first row, as C#.</param>
    /// <param name="block">Where the result's columns lie.</param>
    public void Print(string row, string block)
    {
        writer.Line($"// {MathPrinter.Statement(product)}");
        writer.Line($"Transposition.Copy(ref Unsafe.Add(ref {MathPrinter.Memory(rows.Tensor)}, {Places.Times(row, term.Extent.Value)}), {Register.Count}, {Terms}, ref {Columns}, {Register.Count});");
        int[] all = Enumerable.Range(0, column.Extent.Value).ToArray();
        for (int chain = 0; chain < chains; chain++)
        {
            foreach (IGrouping<int, int> line in all.GroupBy(j => j / SumsInLine))
            {
                writer.Line($"{Register.Type} {string.Join(", ", line.Select(j => $"{Sum(j, chain)} = {(chain == 0 ? Start(j) : Register.Zero)}"))};");
            }
        }

        string letter = term.Letter;
        string symbol = rows.Tensor.Symbol;
        string address = matrix.Tensor.Symbol;
        int apart = Strides.Along(matrix.Tensor, matrix.At, term);
        writer.Line($"ref float {address} = ref {MathPrinter.Memory(matrix.Tensor)};");
        writer.Open($"for (int {letter} = 0; {letter} < {Terms}; {(chains == 1 ? letter + "++" : $"{letter} += {Number(chains)}")})");
        for (int chain = 0; chain < chains; chain++)
        {
            string place = chain == 0 ? letter : $"({letter} + {Number(chain)})";
            writer.Line(Register.Declare(symbol + Suffix(chain), Register.Load(Columns, $"{place} * {Register.Count}")));
            foreach (int j in all)
            {
                int offset = (chain * apart) + (j * Strides.Along(matrix.Tensor, matrix.At, column));
                writer.Line($"{Sum(j, chain)}.AddProduct({Register.Type}.Broadcast(ref {address}, {Number(offset)}), {symbol}{Suffix(chain)});");
            }
        }

        writer.Line($"{address} = ref Unsafe.Add(ref {address}, {Number(chains * apart)});");
        writer.Close();
        writer.Separate();
        foreach (int j in all)
        {
            string sum = string.Join(" + ", Enumerable.Range(0, chains).Select(c => Sum(j, c)));
            writer.Line(Register.Store(chains == 1 ? sum : $"({sum})", block, j == 0 ? "0" : Register.Width(j)));
        }
    }

    private string Start(int j) => product.Value.Seed is Read seed
        ? $"{Register.Type}.Broadcast(ref {MathPrinter.Memory(seed.Tensor)}, {Number(j * Strides.Along(seed.Tensor, seed.At, column))})"
        : Register.Zero;

    private string Sum(int j, int chain) => $"sum{Number(j)}{Suffix(chain)}";

    private string Suffix(int chain) => chains == 1 ? string.Empty : ((char)('a' + chain)).ToString();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
