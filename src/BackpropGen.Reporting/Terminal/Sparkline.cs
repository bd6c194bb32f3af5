using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>A line as a word: one letter per value, the higher the fuller.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█", Plain = "_.-=+*#@";

    /// <summary>The last values, the least the lowest and the greatest the highest letter; what is not finite is <c>×</c>.</summary>
    /// <param name="values">The values, oldest first.</param>
    /// <param name="most">How many letters at most.</param>
    /// <param name="unicode">Whether the terminal has more letters than ASCII.</param>
    public static string Of(IReadOnlyList<double> values, int most, bool unicode)
    {
        double[] shown = [.. values.Skip(Math.Max(values.Count - most, 0))];
        double[] finite = [.. shown.Where(double.IsFinite)];
        string letters = unicode ? Blocks : Plain;
        return string.Concat(shown.Select(v => !double.IsFinite(v) ? unicode ? '×' : 'x' : letters[Level(v, finite.Min(), finite.Max(), letters.Length)]));
    }

    private static int Level(double value, double least, double greatest, int levels) =>
        greatest > least ? Math.Clamp((int)((value - least) / (greatest - least) * levels), 0, levels - 1) : 0;
}
