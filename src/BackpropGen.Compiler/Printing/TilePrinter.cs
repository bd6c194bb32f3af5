using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the outputs of a tile: each in a local, all terms folded into them, then the epilogue.</summary>
internal sealed class TilePrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    public void Print(Position origin, Tile tile)
    {
        if (kernel.Lead.Value.Kind == ReduceKind.None)
        {
            foreach ((Position at, string suffix) in tile.Outputs(origin))
            {
                Body(at, tile, suffix).Statements(kernel, null);
            }

            return;
        }

        Start(origin, tile);
        loops.All(kernel.Lead.Value.Over, origin, inner => Update(inner, tile));
        writer.Separate();
        foreach ((Position at, string suffix) in tile.Outputs(origin))
        {
            string result = kernel.Lead.Value.Kind == ReduceKind.ArgMax ? "best" : FoldPrinter.Accumulator(kernel) + suffix;
            KernelBody body = Body(at, tile, suffix);
            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), result);
            body.Statements(kernel, result);
        }
    }

    private KernelBody Body(Position at, Tile tile, string suffix) => new(writer, at, tile.Lane, tile.Register, suffix);

    private void Start(Position origin, Tile tile)
    {
        foreach ((Position at, string suffix) in tile.Outputs(origin))
        {
            KernelBody body = Body(at, tile, suffix);
            string start = kernel.Lead.Value.Kind != ReduceKind.Sum ? FoldPrinter.Empty(kernel, tile.Register) : FoldPrinter.Seed(kernel) switch
            {
                null => FoldPrinter.Empty(kernel, tile.Register),
                Read read => body.Text(read),
                var seed => body.Print(seed),
            };
            writer.Line($"{tile.Register.Type} {FoldPrinter.Accumulator(kernel)}{suffix} = {start};");
        }

        if (kernel.Lead.Value.Kind == ReduceKind.ArgMax)
        {
            writer.Line("int best = 0;");
        }
    }

    // One term for every output. What outputs share is loaded once; a single value is read where it is used.
    private void Update(Position origin, Tile tile)
    {
        Read[] operands = kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();
        bool isInline = !tile.Register.IsVector && tile.Rows == 1 && kernel.Lead.Value.Kind != ReduceKind.ArgMax;
        var names = new Dictionary<(Read, string), string>();
        foreach (Read operand in operands)
        {
            foreach ((Position at, string suffix) in tile.Places(origin, operand))
            {
                if (!names.ContainsKey((operand, suffix)))
                {
                    string text = Body(at, tile, suffix).Text(operand);
                    string name = suffix.Length == 0 ? operand.Tensor.Symbol : $"{operand.Tensor.Symbol}_{suffix}";
                    if (!isInline)
                    {
                        writer.Line($"{(operand.Tensor.Element == ElementKind.I32 && !tile.Register.IsVector ? "int" : tile.Register.Type)} {name} = {text};");
                    }

                    names.Add((operand, suffix), isInline ? text : name);
                }
            }
        }

        string[][] places = operands.Select(o => tile.Places(origin, o).Select(p => p.Suffix).ToArray()).ToArray();
        int output = 0;
        foreach ((Position at, string suffix) in tile.Outputs(origin))
        {
            KernelBody body = Body(at, tile, suffix);
            for (int i = 0; i < operands.Length; i++)
            {
                body.Know(operands[i], names[(operands[i], places[i][output])]);
            }

            FoldPrinter.Accumulate(kernel, writer, body, FoldPrinter.Accumulator(kernel) + suffix, tile.Register);
            output++;
        }
    }
}
