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

    /// <summary>Vectors side by side, then a vector, then single values, as far as the extent wants them.</summary>
    /// <param name="axis">The axis that the lanes run along.</param>
    /// <param name="vectors">The most vectors at once.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of vectors, 0 for single values.</param>
    public void Lanes(Axis axis, int vectors, Position position, Action<Position, int> body)
    {
        string letter = axis.Letter;
        int extent = axis.Extent.IsConstant ? axis.Extent.Value : 0;
        bool isConstant = axis.Extent.IsConstant;
        if (isConstant && extent % (vectors * Strategy.MostLanes) == 0)
        {
            string width = Width(vectors);
            writer.Open($"for (int {letter} = 0; {letter} < {End(axis)}; {letter} += {width})");
            body(position.With(axis, letter), vectors);
            writer.Close();
            return;
        }

        writer.Line($"int {letter} = 0;");
        for (int count = vectors; count >= 1; count /= 2)
        {
            string width = Width(count);
            writer.Open($"for (; {letter} <= {End(axis)} - {width}; {letter} += {width})");
            body(position.With(axis, letter), count);
            writer.Close();
            if (isConstant && extent % (count * Strategy.MostLanes) == 0)
            {
                return;
            }
        }

        writer.Open($"for (; {letter} < {End(axis)}; {letter}++)");
        body(position.With(axis, letter), 0);
        writer.Close();
    }

    private static string Width(int vectors) =>
        vectors == 1 ? "Floats.Count" : string.Format(CultureInfo.InvariantCulture, "{0} * Floats.Count", vectors);
}
