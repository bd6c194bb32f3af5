using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>Predicted over true values, with the line on which they are equal.</summary>
internal static class ScatterChart
{
    private const double Type = 12, Top = 10, Bottom = 40;

    /// <summary>Draws it.</summary>
    /// <param name="findings">The output.</param>
    /// <param name="worst">Its worst mistakes: drawn apart.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static string Draw(OutputFindings findings, IReadOnlyList<TargetMistake> worst, double width, double height)
    {
        (double True, double Predicted)[] points = [.. findings.Points.Where(p => double.IsFinite(p.True) && double.IsFinite(p.Predicted))];
        TargetMistake[] marked = [.. worst.Where(m => double.IsFinite(m.Predicted))];
        double[] values = [.. points.SelectMany(p => new[] { p.True, p.Predicted }).Concat(marked.SelectMany(m => new[] { m.True, m.Predicted }))];
        Axis y = Axis.Around(values, height - Bottom, Top, 5, mayBeLogarithmic: false);
        double left = Math.Ceiling(y.Ticks.Max(t => Html.Width(Numbers.Short(t), Type))) + 28;
        double right = Math.Ceiling(Html.Width(Numbers.Short(y.Ticks[^1]), Type) / 2) + 2;
        Axis x = y with { From = left, To = width - right };

        var svg = new Svg(width, height, $"{findings.Scale.Label}: predicted over true", $"{Numbers.Count(points.Length)} examples; the nearer to the diagonal, the better. R² {Numbers.Short(findings.Determination)}, root mean square error {Numbers.Short(findings.RootMeanSquare)}.");
        foreach (double tick in y.Ticks)
        {
            svg.Line(x.From, y.Of(tick), x.To, y.Of(tick), "grid").Text(x.From - 8, y.Of(tick) + 4, Numbers.Short(tick), "tick", "end");
        }

        double free = double.NegativeInfinity;
        foreach (double tick in x.Ticks)
        {
            double half = Html.Width(Numbers.Short(tick), Type) / 2;
            if (x.Of(tick) - half > free)
            {
                svg.Text(x.Of(tick), y.From + 18, Numbers.Short(tick), "tick", "middle");
                free = x.Of(tick) + half + 8;
            }

            svg.Line(x.Of(tick), y.From, x.Of(tick), y.From + 4, "axis");
        }

        svg.Line(x.From, y.From, x.To, y.From, "axis")
            .Text((x.From + x.To) / 2, height - 5, "true", "tick name", "middle")
            .Text(12, (y.From + y.To) / 2, "predicted", "tick name", "middle", upright: true)
            .Line(x.From, y.From, x.To, y.To, "diagonal");
        var dots = new StringBuilder();
        foreach ((double target, double predicted) in points)
        {
            dots.Append(CultureInfo.InvariantCulture, $"M{Svg.N(x.Of(target))} {Svg.N(y.Of(predicted))}h0");
        }

        svg.Path(dots.ToString(), "dots");
        foreach (TargetMistake mistake in marked)
        {
            svg.Circle(x.Of(mistake.True), y.Of(mistake.Predicted), 4.5, "marked", $"example {Numbers.Count(mistake.Example)}: predicted {Numbers.Short(mistake.Predicted)}, true {Numbers.Short(mistake.True)}");
        }

        return svg.ToString();
    }
}
