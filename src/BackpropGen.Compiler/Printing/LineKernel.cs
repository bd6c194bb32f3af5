using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A kernel that is written for a sample, or for two at once, as a block of the method that it is a part of: what all ways of writing it share.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="writer">Where to.</param>
/// <param name="line">What the method holds already.</param>
/// <param name="samples">How many samples the method works on at once.</param>
/// <param name="first">The variable that the first of them stands at; null where memory starts there.</param>
internal sealed class LineKernel(Kernel kernel, CodeWriter writer, LineValues line, int samples, string? first)
{
    private string? accumulator;

    public Kernel Kernel => kernel;

    public CodeWriter Writer => writer;

    public LineValues Line => line;

    public int SamplesAtOnce => samples;

    /// <summary>What its sums and maxima are called.</summary>
    public string Accumulator => accumulator ??= line.Unique(FoldPrinter.Accumulator(kernel));

    public Fold Fold => kernel.Lead.Value;

    public bool IsSum => Fold.Kind == ReduceKind.Sum;

    public Read[] Operands => Fold.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();

    /// <summary>Where each sample stands.</summary>
    /// <param name="at">Where all other letters stand.</param>
    /// <param name="label">What the names of locals end in.</param>
    public IEnumerable<(Position At, string Label)> Samples(Position at, string label) => Enumerable.Range(0, samples).Select(n =>
        (Batches.Aggregate(at, (place, batch) => place.With(batch, first, n)), samples == 1 ? label : $"{label}n{Number(n)}"));

    private IEnumerable<Axis> Batches => kernel.Statements.SelectMany(s => s.At.Concat(s.Reads.SelectMany(r => r.At))).SelectMany(i => i.Axes).Where(a => a.IsBatch).Distinct();

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The suffix of one of several registers side by side.</summary>
    public static string Letter(int register, int registers) => registers == 1 ? string.Empty : ((char)('a' + register)).ToString();

    public KernelBody Body(Position at, Axis? lane, Register register, string suffix) => new(writer, at, lane, register, suffix, line: line);

    /// <summary>Every value of some letters; a label tells the locals of one from those of another.</summary>
    public static void Each(IEnumerable<Axis> axes, Position origin, string label, Action<Position, string> body)
    {
        Axis? axis = axes.FirstOrDefault(a => !a.IsBatch);
        if (axis is null)
        {
            body(origin, label);
            return;
        }

        Axis[] rest = axes.Where(a => !a.Equals(axis)).ToArray();
        for (int i = 0; i < axis.Extent.Value; i++)
        {
            Each(rest, origin.With(axis, null, i), label.Length == 0 ? Number(i) : $"{label}_{Number(i)}", body);
        }
    }

    /// <summary>The registers in which the outputs along a letter lie.</summary>
    public static LineOutput[] Outputs(LanesAcrossOutputs lanes, Position at, string label)
    {
        IReadOnlyList<(int Place, int Width)> registers = lanes.Registers;
        return registers.Select((r, i) => new LineOutput(at.With(lanes.Lane, null, r.Place), lanes.ReadsBeyond && !lanes.StoresBeyond ? Register.Beyond(r.Width, lanes.Lane.Extent.Value) : Register.Of(r.Width), label + Letter(i, registers.Count))).ToArray();
    }

    /// <summary>What is done with a fold's result, while it is in a register.</summary>
    public void Epilogue(KernelBody body, string value, string suffix, List<Action>? stores = null)
    {
        if (IsSum && FoldPrinter.Seed(kernel) is { } seed)
        {
            value = $"{body.Print(seed)} + {value}";
        }

        string name = Accumulator + suffix;
        writer.Line(body.Register.Declare(name, value));
        body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
        body.Statements(kernel, name, stores);
    }
}

/// <summary>A register of neighbouring outputs.</summary>
/// <param name="At">Where its first stands.</param>
/// <param name="Register">What they are held in.</param>
/// <param name="Suffix">What the names of its locals end in.</param>
internal readonly record struct LineOutput(Position At, Register Register, string Suffix);
