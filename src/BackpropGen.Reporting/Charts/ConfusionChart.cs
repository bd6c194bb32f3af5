using System;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>A confusion matrix: rows are the right classes, columns the predicted ones, and the shade is the share of the row.</summary>
internal static class ConfusionChart
{
    /// <summary>How many shades there are: the style sheet has a class for each, and a readable ink on it.</summary>
    public const int Shades = 9;
    private const double Type = 12, Least = 22, Gap = 1;

    /// <summary>Draws it.</summary>
    /// <param name="matrix">What is shown.</param>
    /// <param name="width">In pixels; more where the cells would be too small to read.</param>
    public static string Draw(ConfusionExtract matrix, double width)
    {
        int size = matrix.Names.Count, letters = width < 400 ? 9 : 18;
        string[] names = [.. matrix.Names.Select(n => Html.Shorten(n, letters))];
        double longest = Math.Ceiling(names.Max(n => Html.Width(n, Type)));
        double left = longest + 26;
        double cell = Math.Clamp((width - left - 2) / size, Math.Max(Least, LargestCount(matrix) + 6), 46);
        bool upright = longest + 6 > cell;
        double top = (upright ? longest : Type) + 28, full = left + cell * size + 2;

        var svg = new Svg(full, top + cell * size + 2, "Confusion matrix", Describe(matrix));
        svg.Text(left + cell * size / 2, 12, "predicted", "tick name", "middle").Text(12, top + cell * size / 2, "true", "tick name", "middle", upright: true);
        for (int row = 0; row < size; row++)
        {
            double y = top + row * cell;
            long support = matrix.Counts[row].Sum();
            svg.Text(left - 8, y + cell / 2 + 4, names[row], "tick", "end", tooltip: Full(matrix.Names[row], names[row]));
            if (upright)
            {
                svg.Text(left + row * cell + cell / 2 + 4, top - 8, names[row], "tick", "start", upright: true, Full(matrix.Names[row], names[row]));
            }
            else
            {
                svg.Text(left + row * cell + cell / 2, top - 8, names[row], "tick", "middle", tooltip: Full(matrix.Names[row], names[row]));
            }

            for (int column = 0; column < size; column++)
            {
                long count = matrix.Counts[row][column];
                double share = support == 0 ? 0 : count / (double)support, x = left + column * cell;
                int shade = Shade(share);
                svg.Rect(x + Gap, y + Gap, cell - 2 * Gap, cell - 2 * Gap, $"cell h{shade}" + (row == column ? " right" : ""), 2, $"{matrix.Names[row]} taken for {matrix.Names[column]}: {Numbers.Count(count)} ({Numbers.Percent(share)})");
                if (count > 0)
                {
                    svg.Text(x + cell / 2, y + cell / 2 + 4, Numbers.Count(count), $"count t{shade}", "middle");
                }
            }
        }

        return svg.ToString();
    }

    /// <summary>Shares are shaded by their root, so that rare mistakes are seen beside the mass that is right; 0 is for none at all.</summary>
    private static int Shade(double share) => share <= 0 ? 0 : Math.Clamp((int)Math.Ceiling(Math.Sqrt(share) * (Shades - 1)), 1, Shades - 1);

    private static string? Full(string name, string shown) => name == shown ? null : name;

    private static double LargestCount(ConfusionExtract matrix) => Math.Ceiling(Html.Width(Numbers.Count(matrix.Counts.Max(r => r.Max())), 11));

    private static string Describe(ConfusionExtract matrix)
    {
        long total = matrix.Counts.Sum(r => r.Sum()), right = Enumerable.Range(0, matrix.Names.Count - (matrix.LeftOut > 0 ? 1 : 0)).Sum(i => matrix.Counts[i][i]);
        return $"Rows are the right classes, columns the predicted ones. {Numbers.Count(right)} of {Numbers.Count(total)} are on the diagonal: right.";
    }
}
