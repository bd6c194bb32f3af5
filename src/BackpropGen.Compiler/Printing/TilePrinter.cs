using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the outputs of a tile: each in a local, all terms folded into them, then the epilogue.</summary>
internal sealed class TilePrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    // What a line of declarations holds.
    private const int LineLength = 144;

    private readonly TermsPrinter terms = new(kernel, writer, loops);

    public void Print(Position origin, Tile tile)
    {
        bool isFold = kernel.Lead.Value.Kind != ReduceKind.None;
        var addresses = new Dictionary<Read, string>();
        if (isFold)
        {
            if (kernel.Lead.Store == Store.Accumulate)
            {
                Address(addresses, new Read(kernel.Lead.Target, kernel.Lead.At), origin, tile);
            }

            Start(origin, tile, addresses);
            terms.Print(origin, tile);
            writer.Separate();
            Join(origin, tile);
            foreach (Read place in kernel.Statements.Skip(1).SelectMany(s => s.Reads).Concat(kernel.Statements.Where(s => kernel.Stored.Contains(s.Target)).Select(s => new Read(s.Target, s.At))))
            {
                Address(addresses, place, origin, tile);
            }
        }

        bool hasDone = tile.Overlaps && kernel.InPlace.Count > 0;
        for (int vector = 0; hasDone && vector < tile.Vectors; vector++)
        {
            string type = tile.Register.Type;
            writer.Line($"{type} {Done(vector)} = {type}.Index({tile.FirstOf(origin, vector).Value((Index)tile.Lane!)}) < {tile.Register.Create(tile.Lane!.Letter)};");
        }

        // Registers that overlap replace the same values twice: with the same, as long as all are read before any is stored.
        List<Action>? stores = tile.Offsets is not null && kernel.InPlace.Count > 0 ? [] : null;
        Read[] readOnce = isFold ? ReadOnce() : [];
        Stage.Each(writer, tile, tile.Outputs(origin).Zip(tile.Cells, (o, c) => (o.At, o.Suffix, c.Vector)), WhenAllAreRead, output =>
        {
            int vector = output.Vector;
            KernelBody body = tile.Body(writer, output.At, output.Suffix, hasDone ? Done(vector) : null);
            foreach (string address in isFold ? terms.Addresses : [])
            {
                body.Reserve(address);
            }

            foreach (KeyValuePair<Read, string> address in addresses)
            {
                bool isOwn = vector > 0 && HasAddresses(tile, address.Key);
                body.Place(address.Key, isOwn ? AddressOf(address.Value, vector) : address.Value, output.At.Distance(isOwn ? tile.FirstOf(origin, vector) : origin, address.Key));
            }

            foreach (Read read in readOnce)
            {
                body.Substitute(read, body.Text(read));
            }

            string? result = null;
            if (isFold)
            {
                result = kernel.Lead.Value.Kind == ReduceKind.ArgMax ? "best" : FoldPrinter.Accumulator(kernel) + output.Suffix;
                body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), result);
            }

            body.Statements(kernel, result, stores);
        }, isLast: true);

        string Done(int vector) => tile.Vectors > 1 ? string.Format(CultureInfo.InvariantCulture, "done{0}", vector) : "done";

        void WhenAllAreRead()
        {
            stores?.ForEach(store => store());
            stores?.Clear();
        }
    }

    // All places of what the epilogue reads and writes are constants away from the first: one address instead of one for each.
    private void Address(Dictionary<Read, string> addresses, Read place, Position origin, Tile tile)
    {
        string symbol = place.Tensor.Symbol;
        if (tile.Rows * tile.Vectors > 1 && place.Tensor.Element == ElementKind.F32 && kernel.Memory.Contains(place.Tensor)
            && tile.Places(origin, place, 1).Select(p => p.Suffix).Distinct().Count() > 1
            && kernel.Lead.Value.Body.Reads.Concat(addresses.Keys).All(r => r.Tensor.Symbol != symbol))
        {
            writer.Line($"ref float {symbol} = ref {Tile.Single.Body(writer, origin).Text(place)};");
            addresses.Add(place, symbol);
            if (HasAddresses(tile, place))
            {
                writer.Line($"ref float {AddressOf(symbol, 1)} = ref Unsafe.Add(ref {symbol}, {tile.Register.Width(1)});");
            }
        }
    }

    // Of two vectors side by side each has an address: their rows are numbers away.
    private static bool HasAddresses(Tile tile, Read place) => tile is { Vectors: 2, Rows: > 2, Lane: { } lane, Offsets: null } && Strides.Along(place.Tensor, place.At, lane) == 1;

    private static string AddressOf(string symbol, int vector) => string.Format(CultureInfo.InvariantCulture, "{0}_{1}", symbol, vector);

    // What the epilogue reads in one place only is read there.
    private Read[] ReadOnce() => kernel.Statements.Skip(1)
        .SelectMany(s => s.Value.Body.Nodes.OfType<Read>().Concat(s.Store == Store.Accumulate ? [new Read(s.Target, s.At)] : []))
        .Where(r => r.Tensor.Element == ElementKind.F32 && kernel.Memory.Contains(r.Tensor))
        .GroupBy(r => r).Where(g => g.Count() == 1).Select(g => g.Key).ToArray();

    private void Join(Position origin, Tile tile)
    {
        if (tile.Chains == 1)
        {
            return;
        }

        foreach ((_, string suffix) in tile.Outputs(origin))
        {
            string accumulator = FoldPrinter.Accumulator(kernel) + suffix;
            IEnumerable<string> chains = Enumerable.Range(0, tile.Chains).Select(c => accumulator + tile.ChainSuffix(c));
            writer.Line(tile.Register.Declare(accumulator, FoldPrinter.Join(kernel, chains, tile.Register)));
        }
    }

    private void Start(Position origin, Tile tile, IReadOnlyDictionary<Read, string> addresses)
    {
        Expr? seed = kernel.Lead.Value.Kind == ReduceKind.Sum ? FoldPrinter.Seed(kernel) : null;
        string empty = FoldPrinter.Start(kernel, tile.Register);
        string type = tile.Register.Type;

        // Where registers are few, there need not be any memory behind their rows: only what is the same for all rows is read in any case.
        // The same holds of the registers of a row where the widest are fewer, or more.
        bool isOfRow = seed is not null && seed.Reads.Any(r => tile.Rows > 1 && !tile.IsByVector ? Strides.Along(r.Tensor, r.At, tile.RowAxis!) != 0 : tile.Stages.Count > 1);
        var declarations = new List<string>();
        if (isOfRow && tile.Stages.Count > 1)
        {
            IEnumerable<string> late = tile.Outputs(origin).Skip(tile.Stages[0].Outputs).SelectMany(o => Sums(o.Suffix));
            Declare(late.Select(name => $"{name} = {empty}"));
            bool areDeclared = false;
            Stage.Each(writer, tile, tile.Outputs(origin), () => areDeclared = WriteDeclarations(), output =>
            {
                if (areDeclared)
                {
                    foreach (string start in Starts(output.At, output.Suffix))
                    {
                        writer.Line(start + ";");
                    }
                }
                else
                {
                    declarations.AddRange(Starts(output.At, output.Suffix));
                }
            });
        }
        else
        {
            declarations.AddRange(tile.Outputs(origin).Zip(tile.Cells, (o, c) => (o.At, o.Suffix, Cell: c)).SelectMany(o =>
                seed is null || isOfRow || o.Cell.Row == 0 ? Starts(o.At, o.Suffix) : Copies(o.Suffix, tile.Suffix(0, o.Cell.Vector))));
            WriteDeclarations();
        }

        if (kernel.Lead.Value.Kind == ReduceKind.ArgMax)
        {
            writer.Line("int best = 0;");
        }

        // The first of an output's chains starts from the seed.
        IEnumerable<string> Starts(Position at, string suffix)
        {
            KernelBody body = tile.Body(writer, at, suffix);
            foreach (KeyValuePair<Read, string> address in addresses)
            {
                body.Place(address.Key, address.Value, at.Distance(origin, address.Key));
            }

            string start = seed switch
            {
                null => empty,
                Read read => body.Text(read),
                _ => body.Print(seed),
            };
            return Sums(suffix).Select((name, chain) => $"{name} = {(chain == 0 ? start : empty)}").ToArray();
        }

        // What rows have in common is read for the first of them.
        IEnumerable<string> Copies(string suffix, string first) => Sums(suffix).Select((name, chain) => $"{name} = {(chain == 0 ? Sums(first).First() : empty)}");

        IEnumerable<string> Sums(string suffix) => Enumerable.Range(0, tile.Chains).Select(c => FoldPrinter.Accumulator(kernel) + suffix + tile.ChainSuffix(c));

        bool WriteDeclarations()
        {
            Declare(declarations);
            declarations.Clear();
            return true;
        }

        // Whole rows to a line, as far as it holds them.
        void Declare(IEnumerable<string> all)
        {
            string line = string.Empty;
            int row = (tile.IsByVector ? tile.Rows : tile.Vectors) * tile.Chains;
            foreach (string[] together in all.Select((declaration, i) => (declaration, i)).GroupBy(d => d.i / row, d => d.declaration).Select(g => g.ToArray()))
            {
                int length = together.Sum(d => d.Length + 2);
                bool isStart = true;
                foreach (string declaration in together)
                {
                    if (line.Length > 0 && line.Length + (isStart ? length : declaration.Length) > LineLength)
                    {
                        writer.Line(line + ";");
                        line = string.Empty;
                    }

                    line += line.Length == 0 ? $"{type} {declaration}" : ", " + declaration;
                    isStart = false;
                }
            }

            if (line.Length > 0)
            {
                writer.Line(line + ";");
            }
        }
    }
}
