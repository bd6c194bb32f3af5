using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the outputs of a tile: each in a local, all terms folded into them, then the epilogue.</summary>
internal sealed class TilePrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    // A tile's rows of an operand, where they are copied side by side.
    private const string Near = "near";
    private const string NearStride = "stride";
    private const string Room = "room";

    /// <summary>Room for the copies of rows.</summary>
    public void MakeRoom() =>
        writer.Line($"Span<float> {Room} = stackalloc float[{Loops.ManyRegisters} ? 0 : {LanesAcrossOutputs.MostNear}];");

    /// <summary>Copies a tile's rows of an operand side by side.</summary>
    public void CopyNear(Read read, Axis sum, Position position) =>
        writer.Line($"ref float {Near} = ref NearRows.Of(ref Unsafe.Add(ref {MathPrinter.Memory(read.Tensor)}, {position.With(sum, null).Offset(read.Tensor, read.At)}), {Strides.Along(read.Tensor, read.At, sum)}, {loops.End(sum)}, {Room}, out int {NearStride});");

    public void Print(Position origin, Tile tile)
    {
        bool isFold = kernel.Lead.Value.Kind != ReduceKind.None;
        if (isFold)
        {
            Start(origin, tile);
            Terms(origin, tile);
            writer.Separate();
            Join(origin, tile);
        }

        // Registers that overlap replace the same values twice: with the same, as long as all are read before any is stored.
        List<Action>? stores = tile.Offsets is not null && kernel.InPlace.Count > 0 ? [] : null;
        Anchors? anchors = isFold && tile.Rows > 1 ? new Anchors(kernel, writer, tile.Outputs(origin).First().At) : null;
        EachOutput(tile.Outputs(origin), tile, WhenAllAreRead, output =>
        {
            KernelBody body = Body(output.At, tile, output.Suffix, anchors);
            string? result = null;
            if (isFold)
            {
                result = kernel.Lead.Value.Kind == ReduceKind.ArgMax ? "best" : FoldPrinter.Accumulator(kernel) + output.Suffix;
                body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), result);
            }

            body.Statements(kernel, result, stores);
        });

        void WhenAllAreRead()
        {
            stores?.ForEach(store => store());
            stores?.Clear();
        }
    }

    // The rows that only many registers hold are left out where there are few.
    private void EachOutput<T>(IEnumerable<T> outputs, Tile tile, Action finish, Action<T> print)
    {
        T[] all = outputs.ToArray();
        int few = tile.RowsInFewRegisters * all.Length / tile.Rows;
        foreach (T output in all.Take(few))
        {
            print(output);
        }

        finish();
        if (few < all.Length)
        {
            writer.Open($"if ({Loops.ManyRegisters})");
            foreach (T output in all.Skip(few))
            {
                print(output);
            }

            finish();
            writer.Close();
        }
    }

    private KernelBody Body(Position at, Tile tile, string suffix, Anchors? anchors = null) =>
        new(writer, at, tile.Lane, tile.Register, suffix, overlaps: tile.Overlaps, anchors: anchors);

    private void Terms(Position origin, Tile tile)
    {
        if (tile.Chains == 1)
        {
            loops.All(kernel.Lead.Value.Over, origin, inner => Update(inner, tile, 1));
            return;
        }

        // What the chains leave over goes into the first.
        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(tile.Sum)), origin, outer =>
            loops.Tiles(tile.Sum!, [tile.Chains, 1], outer, (inner, chains) => Update(inner, tile, chains)));
    }

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
            writer.Line($"{tile.Register.Type} {accumulator} = {FoldPrinter.Join(kernel, chains, tile.Register)};");
        }
    }

    private void Start(Position origin, Tile tile)
    {
        Expr? seed = kernel.Lead.Value.Kind == ReduceKind.Sum ? FoldPrinter.Seed(kernel) : null;
        string empty = FoldPrinter.Empty(kernel, tile.Register);
        string type = tile.Register.Type;

        // What is the same for all rows is read once.
        var started = new Dictionary<string, string>();

        // Where registers are few, there need not be any memory behind their rows: only what is the same for all rows is read in any case.
        bool isDeclared = tile.RowsInFewRegisters < tile.Rows && seed is not null && seed.Reads.Any(r => Strides.Along(r.Tensor, r.At, tile.RowAxis!) != 0);
        string[] late = isDeclared ? tile.Outputs(origin).Skip(tile.RowsInFewRegisters * tile.Vectors).Select(o => Sum(o.Suffix)).ToArray() : [];
        if (isDeclared)
        {
            writer.Line($"{type} {string.Join(", ", late.Select(name => $"{name} = {empty}"))};");
            EachOutput(tile.Outputs(origin), tile, () => { }, Output);
        }
        else
        {
            foreach ((Position At, string Suffix) output in tile.Outputs(origin))
            {
                Output(output);
            }
        }

        if (kernel.Lead.Value.Kind == ReduceKind.ArgMax)
        {
            writer.Line("int best = 0;");
        }

        void Output((Position At, string Suffix) output)
        {
            KernelBody body = Body(output.At, tile, output.Suffix);
            string start = seed switch
            {
                null => empty,
                Read read => body.Text(read),
                _ => body.Print(seed),
            };
            string first = Sum(output.Suffix);
            if (started.TryGetValue(start, out string? same))
            {
                start = same;
            }
            else if (start != empty)
            {
                started.Add(start, first + tile.ChainSuffix(0));
            }

            for (int chain = 0; chain < tile.Chains; chain++)
            {
                string name = first + tile.ChainSuffix(chain);
                writer.Line($"{(late.Contains(name) ? string.Empty : type + " ")}{name} = {(chain == 0 ? start : empty)};");
            }
        }

        string Sum(string suffix) => FoldPrinter.Accumulator(kernel) + suffix;
    }

    // One term for every output. What outputs share is loaded once, where it is first used; a single value is read where it is used.
    private void Update(Position origin, Tile tile, int chains)
    {
        Read[] operands = kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();
        bool isInline = !tile.Register.IsVector && tile.Rows == 1 && kernel.Lead.Value.Kind != ReduceKind.ArgMax;
        var operandPlaces = operands.Select(o => new OperandPlaces(o, tile.Places(origin, o, chains).ToArray())).ToArray();
        foreach (OperandPlaces operand in operandPlaces.Where(o => o.HasSeveral && o.Read.Tensor.Element == ElementKind.F32))
        {
            // All places of an operand are constants away from the first: one address instead of one for each.
            string from = operand.Read.Equals(tile.Near)
                ? $"Unsafe.Add(ref {Near}, {tile.Sum!.Letter} * {NearStride})"
                : Body(origin, Tile.Single, string.Empty).Text(operand.Read);
            writer.Line($"ref float {operand.Read.Tensor.Symbol} = ref {from};");
        }

        int output = 0;
        EachOutput(tile.Terms(origin, chains), tile, () => { }, term =>
        {
            KernelBody body = Body(term.At, tile, term.Suffix);
            foreach (OperandPlaces operand in operandPlaces)
            {
                (Position place, string placeSuffix) = operand.Places[output];
                string symbol = operand.Read.Tensor.Symbol;
                string name = placeSuffix.Length == 0 ? symbol : $"{symbol}_{placeSuffix}";
                KernelBody own = Body(place, tile, placeSuffix);
                string text = operand.HasSeveral && operand.Read.Tensor.Element == ElementKind.F32
                    ? own.Text(operand.Read, symbol, place.Distance(origin, operand.Read))
                    : own.Text(operand.Read);
                if (!isInline && operand.Declare(placeSuffix))
                {
                    if (tile.TermsAhead > 0 && own.DependsOnLane(operand.Read) && Strides.Along(operand.Read.Tensor, operand.Read.At, tile.Sum!) != 0)
                    {
                        Position ahead = place.Shift(tile.Sum!, tile.TermsAhead);
                        writer.Line(operand.HasSeveral
                            ? $"Prefetch.Line(ref {symbol}, {ahead.Distance(origin, operand.Read)});"
                            : $"Prefetch.Line({Body(ahead, tile, placeSuffix).Place(operand.Read)});");
                    }

                    writer.Line($"{(operand.Read.Tensor.Element == ElementKind.I32 && !tile.Register.IsVector ? "int" : tile.Register.Type)} {name} = {text};");
                }

                body.Know(operand.Read, isInline ? text : name);
            }

            FoldPrinter.Accumulate(kernel, writer, body, FoldPrinter.Accumulator(kernel) + term.Suffix, tile.Register, isInLoop: true);
            output++;
        });
    }

    /// <summary>Where an operand is read for each output of a tile.</summary>
    private sealed class OperandPlaces(Read read, (Position At, string Suffix)[] places)
    {
        private readonly HashSet<string> declared = [];

        public Read Read => read;

        public (Position At, string Suffix)[] Places => places;

        public bool HasSeveral { get; } = places.Select(p => p.Suffix).Distinct().Count() > 1;

        /// <summary>True the first time.</summary>
        public bool Declare(string suffix) => declared.Add(suffix);
    }
}
