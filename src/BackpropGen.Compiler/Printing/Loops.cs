using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes loops over an axis. An axis of extent 1 needs none.</summary>
internal sealed class Loops(CodeWriter writer, string rows)
{
    /// <summary>The end of an axis, as C#.</summary>
    public string End(Axis axis) => axis.Extent.IsConstant ? axis.Extent.Value.ToString(CultureInfo.InvariantCulture) : rows;

    /// <summary>One value after another.</summary>
    public void Each(Axis axis, Position position, Action<Position> body)
    {
        if (axis.Extent == (Extent)1)
        {
            body(position.With(axis, null));
            return;
        }

        writer.Open($"for (int {axis.Letter} = 0; {axis.Letter} < {End(axis)}; {axis.Letter}++)");
        body(position.With(axis, axis.Letter));
        writer.Close();
    }

    /// <summary>All values of several axes, the last innermost.</summary>
    public void All(IEnumerable<Axis> axes, Position position, Action<Position> body)
    {
        Axis? first = axes.FirstOrDefault();
        if (first is null)
        {
            body(position);
        }
        else
        {
            Each(first, position, inner => All(axes.Skip(1).ToArray(), inner, body));
        }
    }

    /// <summary>Several values at once, what is left one after another.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="rowsAtOnce">How many at once.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of rows.</param>
    public void Tiles(Axis axis, int rowsAtOnce, Position position, Action<Position, int> body)
    {
        string letter = axis.Letter;
        string step = rowsAtOnce.ToString(CultureInfo.InvariantCulture);
        bool isWhole = axis.Extent.IsConstant && axis.Extent.Value % rowsAtOnce == 0;
        if (isWhole)
        {
            writer.Open($"for (int {letter} = 0; {letter} < {End(axis)}; {letter} += {step})");
            body(position.With(axis, letter), rowsAtOnce);
            writer.Close();
            return;
        }

        writer.Line($"int {letter} = 0;");
        writer.Open($"for (; {letter} <= {End(axis)} - {step}; {letter} += {step})");
        body(position.With(axis, letter), rowsAtOnce);
        writer.Close();
        writer.Open($"for (; {letter} < {End(axis)}; {letter}++)");
        body(position.With(axis, letter), 1);
        writer.Close();
    }

    /// <summary>Wide registers, several side by side; then what is left: one by one, in narrow ones, and singly, as far as the extent wants them.</summary>
    /// <param name="axis">The axis that the lanes run along.</param>
    /// <param name="vectors">The most registers side by side.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of registers.</param>
    public void Lanes(Axis axis, int vectors, Position position, Action<Position, int, Register> body)
    {
        Position at = position.With(axis, axis.Letter);
        Lanes(axis.Letter, End(axis), axis.Extent.IsConstant ? axis.Extent.Value : null, vectors, (count, register) => body(at, count, register));
    }

    /// <summary>The loops that an extent wants, one after the other: how many registers at once, and of which width.</summary>
    public static IReadOnlyList<(int Count, Register Register)> Passes(int? extent, int vectors)
    {
        var passes = new List<(int Count, Register Register)>();
        for (int count = vectors; count >= 1 && !(extent < Strategy.MostLanes); count /= 2)
        {
            passes.Add((count, Register.Wide));
            if (extent % (count * Strategy.MostLanes) == 0)
            {
                return passes;
            }
        }

        passes.Add((1, Register.Narrow));
        if (extent is null || extent % Strategy.FewestLanes != 0)
        {
            passes.Add((1, Register.Single));
        }

        return passes;
    }

    /// <summary>The same along anything that is counted.</summary>
    /// <param name="variable">The variable that counts.</param>
    /// <param name="end">How far, as C#.</param>
    /// <param name="extent">How far, where that is a constant.</param>
    /// <param name="vectors">The most registers side by side.</param>
    /// <param name="body">Writes the body for a number of registers.</param>
    public void Lanes(string variable, string end, int? extent, int vectors, Action<int, Register> body)
    {
        IReadOnlyList<(int Count, Register Register)> passes = Passes(extent, vectors);
        bool isOne = passes.Count == 1;
        if (!isOne)
        {
            writer.Line($"int {variable} = 0;");
        }

        foreach ((int count, Register register) in passes)
        {
            string width = register.Width(count);
            string condition = isOne || !register.IsVector ? $"{variable} < {end}" : $"{variable} <= {end} - {width}";
            string step = register.IsVector ? $"{variable} += {width}" : $"{variable}++";
            writer.Open($"for ({(isOne ? $"int {variable} = 0" : string.Empty)}; {condition}; {step})");
            body(count, register);
            writer.Close();
        }
    }
}
