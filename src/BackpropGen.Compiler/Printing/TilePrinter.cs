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
            Terms(origin, tile);
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
        EachOutput(tile.Outputs(origin).Select((o, i) => (o.At, o.Suffix, Index: i)), tile, WhenAllAreRead, output =>
        {
            int vector = output.Index % tile.Vectors;
            KernelBody body = Body(output.At, tile, output.Suffix, hasDone ? Done(vector) : null);
            foreach (Read factor in isFold ? Factors.Where(HasAddress) : [])
            {
                body.Reserve(factor.Tensor.Symbol);
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
            writer.Line($"ref float {symbol} = ref {Body(origin, Tile.Single, string.Empty).Text(place)};");
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

    // Rows that a lower tile lacks, or registers that only narrow ones need, are left out where they are. What is last in a loop goes on with it.
    private void EachOutput<T>(IEnumerable<T> outputs, Tile tile, Action finish, Action<T> print, bool isLast = false)
    {
        T[] all = outputs.ToArray();
        int ofOutput = all.Length / (tile.Rows * tile.Vectors);
        int done = 0;
        bool hasLeft = false;
        foreach (Stage stage in tile.Stages)
        {
            bool isApart = stage.When is not null && !hasLeft;
            if (isApart)
            {
                writer.Open($"if ({stage.When})");
            }

            for (; done < stage.Outputs * ofOutput; done++)
            {
                print(all[done]);
            }

            finish();
            if (isApart)
            {
                writer.Close();
            }

            if (isLast && stage.LastWhen is not null)
            {
                hasLeft = true;
                writer.Line($"if ({stage.LastWhen}) continue;");
            }
        }
    }

    private KernelBody Body(Position at, Tile tile, string suffix, string? done = null) => new(writer, at, tile.Lane, tile.Register, suffix) { Done = done };

    // The innermost loop walks: each operand has an address that moves on with every term. Computing it anew would take more instructions
    // than the terms of a row. Behind the last term it may lie behind its memory; nobody reads there.
    private void Terms(Position origin, Tile tile)
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
        // The same holds of the registers of a row where the widest are fewer.
        bool isOfRow = seed is not null && seed.Reads.Any(r => tile.Rows > 1 ? Strides.Along(r.Tensor, r.At, tile.RowAxis!) != 0 : tile.Stages.Count > 1);
        var declarations = new List<string>();
        if (isOfRow && tile.Stages.Count > 1)
        {
            IEnumerable<string> late = tile.Outputs(origin).Skip(tile.Stages[0].Outputs).SelectMany(o => Sums(o.Suffix));
            Declare(late.Select(name => $"{name} = {empty}"));
            bool areDeclared = false;
            EachOutput(tile.Outputs(origin), tile, () => areDeclared = WriteDeclarations(), output =>
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
            declarations.AddRange(tile.Outputs(origin).SelectMany((o, i) =>
                seed is null || isOfRow || i < tile.Vectors ? Starts(o.At, o.Suffix) : Copies(o.Suffix, tile.Outputs(origin).ElementAt(i % tile.Vectors).Suffix)));
            WriteDeclarations();
        }

        if (kernel.Lead.Value.Kind == ReduceKind.ArgMax)
        {
            writer.Line("int best = 0;");
        }

        // The first of an output's chains starts from the seed.
        IEnumerable<string> Starts(Position at, string suffix)
        {
            KernelBody body = Body(at, tile, suffix);
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
            int row = tile.Vectors * tile.Chains;
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
                string from = !isNear ? Body(start, Tile.Single, string.Empty).Text(read)
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
        EachOutput(tile.Terms(origin, chains), tile, () => { }, term =>
        {
            KernelBody body = Body(term.At, tile, term.Suffix);
            (Read, string)? element = null;
            foreach (Operand operand in operands)
            {
                (Position place, string placeSuffix) = places[operand][output];
                KernelBody own = Body(place, tile, placeSuffix);
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
                    ? $"ref {address}, {ahead.Distance(origin, operand.Read)}"
                    : Body(ahead, tile, suffix).Place(operand.Read);
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

        /// <summary>How far it moves with so many terms, as C#.</summary>
        public string Step(int terms) => terms == 1 ? Stride! : int.TryParse(Stride, NumberStyles.None, CultureInfo.InvariantCulture, out int stride)
            ? Number(terms * stride)
            : $"{Number(terms)} * {Stride}";

        /// <summary>What the local of a value is called that several terms share.</summary>
        public string Name(string suffix) => suffix.Length > 0 ? $"{Read.Tensor.Symbol}_{suffix}" : Address is null ? Read.Tensor.Symbol : Address + "_0";
    }
}
