using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the loop over a long sum of products in a line of code.</summary>
internal sealed class TermLoop
{
    private readonly LineValues line;
    private readonly Axis axis;
    private readonly (Read Read, string Name)[] factors;
    private readonly string letter;
    private readonly int termsAtOnce;

    // As many neighbouring terms' elements as a turn has, in one register; null where they are read one by one, as those of two samples are.
    private readonly string? four;

    /// <param name="terms">The letter, the factor that is the same for all lanes and the one that lies along them.</param>
    /// <param name="outputs">How many registers there are side by side.</param>
    /// <param name="part">The kernel whose terms they are.</param>
    public TermLoop((Axis Axis, Read One, Read Neighbours) terms, int outputs, LineKernel part)
    {
        line = part.Line;
        axis = terms.Axis;
        factors = [(terms.One, line.Unique(terms.One.Tensor.Symbol)), (terms.Neighbours, line.Unique(terms.Neighbours.Tensor.Symbol))];
        letter = line.Unique(axis.Letter);
        termsAtOnce = LineLoops.TermsAtOnce(outputs);
        four = termsAtOnce == Strategy.FewestLanes && part.SamplesAtOnce == 1 && Strides.Along(terms.One.Tensor, terms.One.At, axis) == 1 ? line.Unique(terms.One.Tensor.Symbol + "s") : null;
    }

    /// <summary>Writes the loop.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="at">Where the other letters stand.</param>
    /// <param name="outputs">Of a term and its number: each output, and the sum that it goes into.</param>
    /// <returns>How many terms are done: some may be left over.</returns>
    public int Print(CodeWriter writer, Position at, Func<Position, int, IEnumerable<(LineOutput Output, string Sum)>> outputs)
    {
        int done = axis.Extent.Value / termsAtOnce * termsAtOnce;
        Position origin = at.With(axis, letter);
        Position first = outputs(at.With(axis, null), 0).First().Output.At;
        foreach ((Read read, string name) in factors)
        {
            writer.Line($"ref float {name} = ref {Register.Single.Load(MathPrinter.Memory(read.Tensor), first.Offset(read.Tensor, read.At))};");
        }

        writer.Open(string.Format(CultureInfo.InvariantCulture, "for (int {0} = 0; {0} < {1}; {0} += {2})", letter, done, termsAtOnce));
        first = outputs(origin, 0).First().Output.At;
        if (four is not null)
        {
            writer.Line(Register.Narrow.Declare(four, Register.Narrow.Load(factors[0].Name, "0")));
        }

        for (int term = 0; term < termsAtOnce; term++)
        {
            LineTerm.Print(writer, line, (factors[0].Read, factors[1].Read), outputs(origin.Shift(axis, term), term).Select(o =>
            {
                string one = four is null ? Place(factors[0]) : string.Format(CultureInfo.InvariantCulture, "{0}, {1}", four, term);
                return new LineTerm(o.Output.Register, o.Sum, one, Place(factors[1]), IsFirst: false);

                string Place((Read Read, string Name) factor) => $"ref {factor.Name}, {o.Output.At.Distance(first, factor.Read)}";
            }).ToArray());
        }

        foreach ((Read read, string name) in factors)
        {
            writer.Line(string.Format(CultureInfo.InvariantCulture, "{0} = ref Unsafe.Add(ref {0}, {1});", name, termsAtOnce * Strides.Along(read.Tensor, read.At, axis)));
        }

        writer.Close();
        return done;
    }
}
