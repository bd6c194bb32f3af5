using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes, for one sample, a kernel whose matrix has several rows in a register.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="writer">Where to.</param>
/// <param name="line">What the method holds already.</param>
/// <param name="rows">Its strategy.</param>
/// <param name="accumulator">What its sums are called.</param>
internal sealed class NarrowRowsPrinter(Kernel kernel, CodeWriter writer, LineValues line, LanesAcrossRows rows, string accumulator)
{
    // Each is a chain of multiplications and additions by itself.
    private const int MostChains = 4;

    private static readonly Register Full = Register.Of(Strategy.MostLanes);

    private string Width => Number(rows.Width);

    // Rows of 8 are half a register.
    private bool IsHalf => rows.Width == Strategy.MostLanes / 2;

    private Register Narrow => Register.Of(rows.Width);

    /// <param name="origin">Where the sample is.</param>
    public void Print(Position origin)
    {
        if (rows.OfRow is null)
        {
            SumsOfRows(origin);
        }
        else if (rows.OfLane is null)
        {
            SumOverRows(origin);
        }
        else
        {
            Step(origin);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private Position At(Position origin, int register) => origin.With(rows.Row, null, register * rows.RowsAtOnce).With(rows.Lane, null);

    private KernelBody Body(Position at, Axis? lane, Register register, string suffix = "") => new(writer, at, lane, register, suffix, line: line);

    private string Matrix(Position origin, int register) => Body(At(origin, register), null, Full).Place(rows.Matrix);

    // What is in a register already need not come from memory, where it has just been written.
    private string OfRow(Position origin, int register)
    {
        int first = register * rows.RowsAtOnce;
        int start = first / Strategy.MostLanes * Strategy.MostLanes;
        string? held = line.Held(Body(origin.With(rows.Row, null, start), rows.Row, Full).Text(rows.OfRow!));
        return held is null
            ? $"{Full.Type}.RepeatEach({Width}, {Body(At(origin, register), null, Full).Place(rows.OfRow!)})"
            : $"{Full.Type}.RepeatEach({Width}, {held}, {Number(first - start)})";
    }

    private string Repeated(Position origin)
    {
        string row = Body(origin.With(rows.Lane, null), rows.Lane, Narrow).Loaded(rows.OfLane!);
        string name = line.Unique(rows.OfLane!.Tensor.Symbol + "s");
        writer.Line(Full.Declare(name, $"{Full.Type}.{(IsHalf ? $"Join({row}, {row})" : $"RepeatRow({Width}, {row})")}"));
        return name;
    }

    // y[j] = Σk x[k]·w[k,j]
    private void SumOverRows(Position origin)
    {
        int chains = Math.Min(MostChains, rows.Registers);
        string Chain(int register) => chains == 1 ? accumulator + "s" : $"{accumulator}_{Number((register % chains) + 1)}";
        for (int register = 0; register < rows.Registers; register++)
        {
            (string each, string matrix) = (OfRow(origin, register), Matrix(origin, register));
            writer.Line(register < chains
                ? $"var {Chain(register)} = {Full.Type}.Multiply({each}, {matrix});"
                : $"{Chain(register)} = {Full.Type}.MultiplyAdd({each}, {matrix}, {Chain(register)});");
        }

        string all = FoldPrinter.Join(kernel, Enumerable.Range(0, chains).Select(Chain), Full);
        string sum = $"{Full.Type}.SumRows({Width}, {all})";
        if (IsHalf)
        {
            if (chains > 1)
            {
                writer.Line($"{Full.Type} {accumulator}s = {all};");
            }

            sum = $"({accumulator}s.Lower + {accumulator}s.Upper)";
        }

        Epilogue(Body(origin.With(rows.Lane, null), rows.Lane, Narrow), sum, string.Empty, null);
    }

    // dx[k] = Σj dy[j]·w[k,j]
    private void SumsOfRows(Position origin)
    {
        string repeated = Repeated(origin);
        int blocks = rows.Row.Extent.Value / Strategy.MostLanes;
        List<Action>? stores = blocks > 1 && kernel.InPlace.Count > 0 ? [] : null;
        for (int block = 0; block < blocks; block++)
        {
            string[] parts = Enumerable.Range(block * rows.Width, rows.Width).Select(register => $"{Full.Type}.Multiply({repeated}, {Matrix(origin, register)})").ToArray();
            while (parts.Length > 1)
            {
                parts = Enumerable.Range(0, parts.Length / 2).Select(i => $"{Full.Type}.SumNeighbours({parts[2 * i]}, {parts[(2 * i) + 1]})").ToArray();
            }

            string suffix = blocks == 1 ? string.Empty : ((char)('a' + block)).ToString();
            Epilogue(Body(origin.With(rows.Row, null, block * Strategy.MostLanes), rows.Row, Full, suffix), parts[0], suffix, stores);
        }

        stores?.ForEach(store => store());
    }

    // w[k,j] += x[k]·u[j]
    private void Step(Position origin)
    {
        string repeated = Repeated(origin);
        for (int register = 0; register < rows.Registers; register++)
        {
            string matrix = Matrix(origin, register);
            writer.Line($"{Full.Type}.MultiplyAdd({OfRow(origin, register)}, {repeated}, {Full.Type}.Load({matrix})).Store({matrix});");
        }

        line.Forget(rows.Matrix.Tensor);
    }

    private void Epilogue(KernelBody body, string value, string suffix, List<Action>? stores)
    {
        if (FoldPrinter.Seed(kernel) is { } seed)
        {
            value = $"{body.Print(seed)} + {value}";
        }

        string name = accumulator + suffix;
        writer.Line(body.Register.Declare(name, value));
        body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
        body.Statements(kernel, name, stores);
    }
}
