using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// The loop over a long sum of products in a line of code: written out, its terms would take longer to be fetched and decoded than to be
/// computed.
/// </summary>
internal sealed class TermLoop
{
    // 64-32-10 takes 93 ns with loops over 64 and 32 terms, and 130 without, on a machine with 16 registers of 256 bits.
    private const int FewestTerms = 32;

    private const int TermsAtOnce = 4;

    private readonly Axis axis;
    private readonly Register register;
    private readonly (Read Read, string Name)[] factors;
    private readonly string letter;

    private TermLoop(Axis axis, Register register, Read one, Read neighbours, LineValues line)
    {
        this.axis = axis;
        this.register = register;
        factors = [(one, line.Unique(one.Tensor.Symbol)), (neighbours, line.Unique(neighbours.Tensor.Symbol))];
        letter = line.Unique(axis.Letter);
    }

    /// <param name="kernel">What is summed.</param>
    /// <param name="lane">The letter along which its outputs lie in registers.</param>
    /// <param name="register">These.</param>
    /// <param name="line">What the method holds already.</param>
    /// <returns>Null where the terms are to be written out.</returns>
    public static TermLoop? For(Kernel kernel, Axis lane, Register register, LineValues line)
    {
        Axis[] over = kernel.Lead.Value.Over.Where(a => !a.IsBatch).ToArray();
        if (over.Length != 1 || over[0].Extent.Value < FewestTerms || !register.IsVector || register.First is not null
            || kernel.Lead.Value is not { Kind: ReduceKind.Sum, Body: Binary { Op: BinaryOp.Multiply, Left: Read { Tensor.Role: not TensorRole.Scalar } left, Right: Read { Tensor.Role: not TensorRole.Scalar } right } }
            || IsAlong(left) == IsAlong(right))
        {
            return null;
        }

        return IsAlong(left) ? new TermLoop(over[0], register, right, left, line) : new TermLoop(over[0], register, left, right, line);

        bool IsAlong(Read read) => Strides.Along(read.Tensor, read.At, lane) != 0;
    }

    /// <summary>Writes the loop.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="at">Where the other letters stand.</param>
    /// <param name="outputs">Of a term and its number: where each output stands, and the sum that it goes into.</param>
    /// <returns>How many terms are done: some may be left over.</returns>
    public int Print(CodeWriter writer, Position at, Func<Position, int, IEnumerable<(Position At, string Sum)>> outputs)
    {
        int done = axis.Extent.Value / TermsAtOnce * TermsAtOnce;
        Position origin = at.With(axis, letter);
        Position first = outputs(at.With(axis, null), 0).First().At;
        foreach ((Read read, string name) in factors)
        {
            writer.Line($"ref float {name} = ref {Register.Single.Load(MathPrinter.Memory(read.Tensor), first.Offset(read.Tensor, read.At))};");
        }

        writer.Open(string.Format(CultureInfo.InvariantCulture, "for (int {0} = 0; {0} < {1}; {0} += {2})", letter, done, TermsAtOnce));
        first = outputs(origin, 0).First().At;
        for (int term = 0; term < TermsAtOnce; term++)
        {
            foreach ((Position place, string sum) in outputs(origin.Shift(axis, term), term))
            {
                writer.Line($"{sum} = {register.Type}.MultiplyAdd({string.Join(", ", factors.Select(f => $"ref {f.Name}, {place.Distance(first, f.Read)}"))}, {sum});");
            }
        }

        foreach ((Read read, string name) in factors)
        {
            writer.Line(string.Format(CultureInfo.InvariantCulture, "{0} = ref Unsafe.Add(ref {0}, {1});", name, TermsAtOnce * Strides.Along(read.Tensor, read.At, axis)));
        }

        writer.Close();
        return done;
    }
}
