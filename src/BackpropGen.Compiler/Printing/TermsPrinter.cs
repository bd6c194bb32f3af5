using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the loops over what a tile's outputs are folded from, each term of it into an accumulator.</summary>
internal sealed class TermsPrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    /// <summary>What the addresses of operands are called.</summary>
    public IEnumerable<string> Addresses => Factors.Where(HasAddress).Select(r => r.Tensor.Symbol);

    // The innermost loop walks: each operand has an address that moves on with every term. Computing it anew would take more instructions
    // than the terms of a row. Behind the last term it may lie behind its memory; nobody reads there.
    public void Print(Position origin, Tile tile)
    {
        Axis[] over = kernel.Lead.Value.Over.Where(a => tile.Chains == 1 || !a.Equals(tile.Sum)).ToArray();
        Axis? inner = tile.Chains > 1 ? tile.Sum : over.LastOrDefault(a => a.Extent != (Extent)1);
        loops.All(over.Where(a => !a.Equals(inner)), origin, outer =>
        {
            Operand[] operands = Operands(outer, tile, inner);
            if (inner is null)
            {
                Update(outer, tile, 1, operands);
                return;
            }

            if (tile.Stages.Any(s => s.LastWhen is not null))
            {
                IEnumerable<string> moves = operands.Where(o => o.Moves).Select(o => $"{o.Address} = ref Unsafe.Add(ref {o.Address}, {o.Step(1)})");
                loops.Each(inner, outer, position => Update(position, tile, 1, operands, isLast: true), also: moves);
                return;
            }

            // What the chains leave over goes into the first.
            loops.Tiles(inner, tile.Chains > 1 ? [tile.Chains, 1] : [1], outer, (position, chains) =>
            {
                Update(position, tile, chains, operands);
                foreach (Operand operand in operands.Where(o => o.Moves))
                {
                    writer.Line($"{operand.Address} = ref Unsafe.Add(ref {operand.Address}, {operand.Step(chains)});");
                }
            });
        });
    }

    // What the terms read. All places of an operand are constants away from the first: one address instead of one for each.
    private Operand[] Operands(Position outer, Tile tile, Axis? inner)
    {
        Position start = inner is null ? outer : outer.With(inner, loops.IsSplit(inner) ? Loops.RangeBegin : null);
        var operands = new List<Operand>();
        foreach (Read read in Factors)
        {
            bool isNear = read.Equals(tile.Near);
            int stride = inner is null ? 0 : Strides.Along(read.Tensor, read.At, inner);
            string symbol = read.Tensor.Symbol;
            bool hasAddress = HasAddress(read) && (stride != 0 || HasSeveral(tile.Places(start, read, tile.Chains)));
            operands.Add(new Operand(read, hasAddress ? symbol : null, hasAddress && stride != 0 ? isNear ? NearPrinter.Stride : Number(stride) : null));
            if (hasAddress)
            {
                string from = !isNear ? Tile.Single.Body(writer, start).Text(read)
                    : Strides.Along(read.Tensor, read.At, tile.Lane!) == 0 ? NearPrinter.Near
                    : $"Unsafe.Add(ref {NearPrinter.Near}, {start.Value((Index)tile.Lane!)} - {NearPrinter.Panel})";
                writer.Line($"ref float {symbol} = ref {from};");
            }
        }

        return operands.ToArray();
    }

    private IEnumerable<Read> Factors => kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar);

    // Where a tensor is read at two places, neither has an address of its name.
    private bool HasAddress(Read read) => read.Tensor.Element == ElementKind.F32 && Factors.Count(r => r.Tensor.Symbol == read.Tensor.Symbol) == 1;

    private static bool HasSeveral(IEnumerable<(Position At, string Suffix)> places) => places.Select(p => p.Suffix).Distinct().Skip(1).Any();

    // One term for every output. What outputs share is loaded once, where it is first used; all else is read where it is used.
    private void Update(Position origin, Tile tile, int chains, Operand[] operands, bool isLast = false)
    {
        bool isInline = !tile.Register.IsVector && tile.Rows == 1 && kernel.Lead.Value.Kind != ReduceKind.ArgMax;
        var places = operands.ToDictionary(o => o, o => tile.Places(origin, o.Read, chains).ToArray());
        var declared = new HashSet<string>();
        if (tile.TermsAhead > 0)
        {
            AskAhead(origin, tile, places, chains);
        }

        int output = 0;
        Stage.Each(writer, tile, tile.Terms(origin, chains), () => { }, term =>
        {
            KernelBody body = tile.Body(writer, term.At, term.Suffix);
            (Read, string)? element = null;
            foreach (Operand operand in operands)
            {
                (Position place, string placeSuffix) = places[operand][output];
                KernelBody own = tile.Body(writer, place, placeSuffix);
                if (operand.Address is { } address)
                {
                    own.Place(operand.Read, address, place.Distance(origin, operand.Read));
                }

                string text = own.Text(operand.Read);

                // No two terms share a value, and none reads it twice: it is read where it is used.
                bool isUsedOnce = places[operand].Select(p => p.Suffix).Distinct().Count() == places[operand].Length
                    && kernel.Lead.Value.Body.Nodes.Count(e => e.Equals(operand.Read)) == 1;
                bool isHere = isInline || (tile.Register.IsVector && isUsedOnce);
                string name = operand.Name(placeSuffix);
                if (!isHere && declared.Add(name))
                {
                    writer.Line(tile.Register.Declare(operand.Read.Tensor, name, text));
                }

                body.Know(operand.Read, isHere ? text : name);
                if (isHere && tile.Register.IsVector && operand.Read.Tensor.Element == ElementKind.F32 && !body.DependsOnLane(operand.Read))
                {
                    element = (operand.Read, own.Place(operand.Read));
                }
            }

            string accumulator = FoldPrinter.Accumulator(kernel) + term.Suffix;
            if (element is not { } one || !FoldPrinter.AddElement(kernel, writer, body, accumulator, one))
            {
                FoldPrinter.Accumulate(kernel, writer, body, accumulator, tile.Register, isInLoop: true);
            }

            output++;
        }, isLast);
    }

    // What the lanes read so many terms on: a stretch of memory for each chain.
    private void AskAhead(Position origin, Tile tile, Dictionary<Operand, (Position At, string Suffix)[]> places, int chains)
    {
        foreach (Operand operand in places.Keys.Where(o => Strides.Along(o.Read.Tensor, o.Read.At, tile.Lane!) != 0 && Strides.Along(o.Read.Tensor, o.Read.At, tile.Sum!) != 0))
        {
            for (int chain = 0; chain < chains; chain++)
            {
                (Position place, string suffix) = places[operand][chain * tile.Rows * tile.Vectors];
                Position ahead = place.Shift(tile.Sum!, tile.TermsAhead);
                string from = operand.Address is { } address
                    ? $"ref {address}, {(operand.IsNear ? $"(int)({operand.Step(tile.TermsAhead)})" : ahead.Distance(origin, operand.Read))}"
                    : tile.Body(writer, ahead, suffix).Place(operand.Read);
                writer.Line($"Prefetch.Lines({from}, {tile.FloatsAhead});");
            }
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the terms of a tile read of a tensor.</summary>
    /// <param name="Read">Where.</param>
    /// <param name="Address">The reference to the first of its places; null where it has none.</param>
    /// <param name="Stride">How far the reference moves with each term, as C#; null where it does not.</param>
    private sealed record Operand(Read Read, string? Address, string? Stride)
    {
        public bool Moves => Stride is not null;

        /// <summary>It is read from a copy, if there is one, so that only the code that runs knows how far it moves.</summary>
        public bool IsNear => Stride == NearPrinter.Stride;

        /// <summary>How far it moves with so many terms, as C#.</summary>
        public string Step(int terms) => terms == 1 ? Stride! : int.TryParse(Stride, NumberStyles.None, CultureInfo.InvariantCulture, out int stride)
            ? Number(terms * stride)
            : $"{Number(terms)} * {Stride}";

        /// <summary>What the local of a value is called that several terms share.</summary>
        public string Name(string suffix) => suffix.Length > 0 ? $"{Read.Tensor.Symbol}_{suffix}" : Address is null ? Read.Tensor.Symbol : Address + "_0";
    }
}
