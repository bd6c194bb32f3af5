using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes blocks of narrow rows: transposed, a loop down the columns for each pass, and back.</summary>
internal sealed class RowBlockPrinter(RowBlocks blocks, CodeWriter writer, Loops loops, Axis row)
{
    private static readonly Register Register = Register.Wide;

    private readonly HashSet<Tensor> known = [];

    private string Letter => row.Letter;

    private string Width => Number(blocks.Width);

    /// <summary>What the method does that has the rows of whole blocks; it returns the first row that is left.</summary>
    public void Print()
    {
        int terms = blocks.Product?.Lead.Value.Over[0].Extent.Value ?? 0;
        writer.Line($"Span<float> stack = stackalloc float[{Offset(Number((blocks.Count * blocks.Width) + terms))} + AlignedBuffer.Slack];");
        for (int i = 0; i < blocks.Count; i++)
        {
            string tensors = string.Join(", ", blocks.Places.Where(p => p.Value == i).Select(p => p.Key.Symbol));
            writer.Line($"ref float {Block(i)} = ref {(i == 0 ? "AlignedBuffer.Aligned(stack)" : $"Unsafe.Add(ref {Block(0)}, {Offset(Number(i * blocks.Width))})")}; // {tensors} [{Width}, {Register.Count}]");
        }

        BlockProductPrinter? product = blocks.Product is null ? null : new BlockProductPrinter(blocks.Product.Lead, writer);
        product?.MakeRoom($"Unsafe.Add(ref {Block(0)}, {Offset(Number(blocks.Count * blocks.Width))})");

        writer.Line($"int {Letter} = {loops.Begin(row)};");
        writer.Open($"for (; {Letter} <= {loops.End(row)} - {Register.Count}; {Letter} += {Register.Count})");
        if (blocks.Product is { Lead.Target: var rows })
        {
            product!.Print(Letter, Block(rows));
            known.Add(rows);
            if (blocks.Kept.Contains(rows))
            {
                Take(rows);
            }
        }

        foreach (IReadOnlyList<Statement> pass in blocks.Passes)
        {
            writer.Separate();
            Pass(pass);
        }

        writer.Close();
        writer.Separate();
        writer.Line($"return {Letter};");
    }

    private void Pass(IReadOnlyList<Statement> pass)
    {
        foreach (Statement statement in pass)
        {
            writer.Line($"// {MathPrinter.Statement(statement)}");
        }

        foreach (Tensor tensor in pass.SelectMany(s => s.Reads).Select(r => r.Tensor).Where(t => t.Role != TensorRole.Scalar && pass.All(s => s.Target != t) && known.Add(t)))
        {
            Bring(tensor);
        }

        known.UnionWith(pass.Select(s => s.Target));
        if (RowBlocks.Along(pass[0]) is { } along)
        {
            foreach (Statement fold in pass.Where(s => s.Value.Kind != ReduceKind.None))
            {
                writer.Line(Register.Declare(fold.Target.Symbol, fold.Value.Kind == ReduceKind.Sum ? Register.Zero : Register.Create("float.NegativeInfinity")));
            }

            writer.Open($"for (int {along.Letter} = 0; {along.Letter} < {Width}; {along.Letter}++)");
            Column(pass, along.Letter);
            writer.Close();
        }
        else
        {
            Statement single = pass[0];
            writer.Line(Register.Declare(single.Target.Symbol, Value(single, string.Empty)));
        }

        foreach (Tensor tensor in pass.Select(s => s.Target).Where(blocks.Kept.Contains))
        {
            Take(tensor);
        }
    }

    // The elements of one column, and what goes into the folds.
    private void Column(IReadOnlyList<Statement> pass, string letter)
    {
        var loaded = new HashSet<Tensor>();
        foreach (Statement statement in pass)
        {
            string symbol = statement.Target.Symbol;
            foreach (Tensor tensor in statement.Reads.Select(r => r.Tensor).Where(t => RowBlocks.HasRows(t) && loaded.Add(t)))
            {
                writer.Line(Register.Declare(tensor.Symbol, Register.Load(Block(tensor), Offset(letter))));
            }

            string value = Value(statement, letter);
            switch (statement.Value.Kind)
            {
                case ReduceKind.Sum:
                    writer.Line($"{symbol} += {value};");
                    break;
                case ReduceKind.Max:
                    writer.Line($"{symbol} = {Register.Function("Max")}({symbol}, {value});");
                    break;
                default:
                    writer.Line(Register.Declare(symbol, value));
                    writer.Line(Register.Store(symbol, Block(statement.Target), Offset(letter)));
                    loaded.Add(statement.Target);
                    break;
            }
        }
    }

    private string Value(Statement statement, string letter) =>
        new ValuePrinter(writer, Register, string.Empty, r => r.Tensor.Symbol, _ => Register.Create(letter)).Print(statement.Value.Body);

    private void Bring(Tensor tensor)
    {
        string memory = MathPrinter.Memory(tensor);
        writer.Line(RowBlocks.HasRows(tensor)
            ? $"Transposition.Copy(ref Unsafe.Add(ref {memory}, {Letter} * {Width}), {Register.Count}, {Width}, ref {Block(tensor)}, {Register.Count});"
            : Register.Declare(tensor.Symbol, Register.Load(memory, Letter)));
    }

    private void Take(Tensor tensor)
    {
        string memory = MathPrinter.Memory(tensor);
        writer.Line(RowBlocks.HasRows(tensor)
            ? $"Transposition.Copy(ref {Block(tensor)}, {Width}, {Register.Count}, ref Unsafe.Add(ref {memory}, {Letter} * {Width}), {Width});"
            : Register.Store(tensor.Symbol, memory, Letter));
    }

    private static string Offset(string letter) => $"{letter} * {Register.Count}";

    private string Block(Tensor tensor) => Block(blocks.Places[tensor]);

    private static string Block(int place) => place == 0 ? "block" : "block" + Number(place + 1);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
