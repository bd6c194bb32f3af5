using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>Lines over a common axis. Immutable data, and a pure function from it to a picture.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">For those who do not see it.</param>
/// <param name="XName">What the x axis counts, in a word.</param>
/// <param name="Series">The lines; at least one.</param>
internal sealed record LineChart(string Title, string Description, string XName, IReadOnlyList<Series> Series)
{
    private const double Type = 12, Top = 22, Bottom = 40, MostGapMarks = 24, MostHovers = 120;

    /// <summary>A point that stands out; null without one.</summary>
    public Mark? Mark { get; init; }

    /// <summary>How far values reach around the lines; empty without.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>Whether the y axis may be logarithmic.</summary>
    public bool MayBeLogarithmic { get; init; } = true;

    /// <summary>Whether the lines' names are written at their ends: not where there is one and the title says what it is.</summary>
    public bool Named { get; init; } = true;

    private IEnumerable<double> Values => Series.SelectMany(s => s.Points.Select(p => p.Y)).Concat(Bands.SelectMany(b => new[] { b.Least, b.Greatest }));

    /// <summary>Whether the y axis is logarithmic.</summary>
    public bool IsLogarithmic => Axis.Around(Values, 0, 1, 5, MayBeLogarithmic).IsLogarithmic;

    /// <summary>Draws it.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public string Draw(double width, double height)
    {
        Axis y = Axis.Around(Values, height - Bottom, Top, height < 260 ? 4 : 6, MayBeLogarithmic);
        string[] labels = [.. y.Ticks.Select(t => Numbers.Short(t))];
        double left = Math.Ceiling(labels.Append("0").Max(l => Html.Width(l, Type))) + 10;
        double[] xs = [.. Series.SelectMany(s => s.Points.Select(p => p.X)).DefaultIfEmpty(0)];
        double lastLabel = Html.Width(Numbers.Count(xs.Max()), Type) / 2;
        double right = Math.Ceiling(Math.Max(Named ? Series.Max(s => Html.Width(s.Name, Type)) + 14 : 14, lastLabel + 2));
        double widest = Html.Width(Numbers.Count(xs.Max()), Type) + 18;
        Axis x = Axis.Between(xs.Min(), xs.Max(), left, width - right, (int)Math.Clamp((width - left - right) / widest, 1, 10), whole: true);

        var svg = new Svg(width, height, Title, Description);
        DrawFrame(svg, x, y, labels, width, height);
        DrawBands(svg, x, y);
        foreach (Series series in Series)
        {
            DrawLine(svg, series, x, y);
        }

        DrawMark(svg, x, y);
        DrawNames(svg, x, y);
        DrawHovers(svg, x, y);
        return svg.ToString();
    }

    private void DrawFrame(Svg svg, Axis x, Axis y, string[] labels, double width, double height)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            double at = y.Of(y.Ticks[i]);
            svg.Line(x.From, at, x.To, at, "grid").Text(x.From - 8, at + 4, labels[i], "tick", "end");
        }

        foreach (double tick in x.Ticks)
        {
            svg.Line(x.Of(tick), y.From, x.Of(tick), y.From + 4, "axis").Text(x.Of(tick), y.From + 18, Numbers.Count(tick), "tick", "middle");
        }

        svg.Line(x.From, y.From, x.To, y.From, "axis").Text(Math.Min((x.From + x.To) / 2, width), height - 5, XName, "tick name", "middle");
    }

    private void DrawBands(Svg svg, Axis x, Axis y)
    {
        for (int start = 0; start < Bands.Count; start++)
        {
            int end = start;
            while (end < Bands.Count && double.IsFinite(Bands[end].Least) && double.IsFinite(Bands[end].Greatest))
            {
                end++;
            }

            if (end - start > 1)
            {
                IEnumerable<string> there = Enumerable.Range(start, end - start).Select(i => At(x.Of(Bands[i].X), y.Of(Bands[i].Greatest)));
                IEnumerable<string> back = Enumerable.Range(start, end - start).Reverse().Select(i => At(x.Of(Bands[i].X), y.Of(Bands[i].Least)));
                svg.Path("M" + string.Join("L", there.Concat(back)) + "Z", "band");
            }

            start = end;
        }
    }

    private static void DrawLine(Svg svg, Series series, Axis x, Axis y)
    {
        string style = series.IsMain ? "main" : "other";
        IReadOnlyList<Point> points = Thinning.ToColumns(series.Points, (int)Math.Ceiling(x.To - x.From));
        var path = new StringBuilder();
        int gaps = 0;
        for (int i = 0; i < points.Count; i++)
        {
            bool follows = i > 0 && double.IsFinite(points[i - 1].Y), leads = i + 1 < points.Count && double.IsFinite(points[i + 1].Y);
            if (!double.IsFinite(points[i].Y))
            {
                if (gaps++ < MostGapMarks)
                {
                    double at = x.Of(points[i].X);
                    svg.Path(
                        $"M{At(at - 3.5, y.To - 3.5)}L{At(at + 3.5, y.To + 3.5)}M{At(at - 3.5, y.To + 3.5)}L{At(at + 3.5, y.To - 3.5)}",
                        "gap",
                        $"{series.Name}: {Numbers.Short(points[i].Y)} at {Numbers.Count(points[i].X)}");
                }
            }
            else if (!follows && !leads)
            {
                svg.Circle(x.Of(points[i].X), y.Of(points[i].Y), 3.5, style + " dot");
            }
            else
            {
                path.Append(follows ? 'L' : 'M').Append(At(x.Of(points[i].X), y.Of(points[i].Y)));
            }
        }

        svg.Path(path.ToString(), style + " line");
    }

    private void DrawMark(Svg svg, Axis x, Axis y)
    {
        if (Mark is null || !double.IsFinite(Mark.At.Y))
        {
            return;
        }

        double at = x.Of(Mark.At.X), half = Html.Width(Mark.Text, Type) / 2;
        double middle = Math.Clamp(at, Math.Min(half + 2, x.To / 2), Math.Max(x.To - half, x.To / 2));
        svg.Line(at, y.To - 4, at, y.Of(Mark.At.Y) - 5, "marker").Circle(at, y.Of(Mark.At.Y), 4.5, "marked")
            .Text(middle, y.To - 9, Mark.Text, "tick mark", "middle");
    }

    /// <summary>Each name stands at its line's end, as near as those above it let it.</summary>
    private void DrawNames(Svg svg, Axis x, Axis y)
    {
        if (!Named)
        {
            return;
        }

        double taken = double.NegativeInfinity;
        foreach ((Series series, double at) in Series
            .Select(s => (Series: s, Last: s.Points.LastOrDefault(p => double.IsFinite(p.Y), new Point(0, y.Minimum))))
            .Select(s => (s.Series, y.Of(s.Last.Y)))
            .OrderBy(s => s.Item2))
        {
            taken = Math.Max(taken + Type + 3, Math.Min(at, y.From - (Type + 3) * (Series.Count - 1)));
            svg.Text(x.To + 8, taken + 4, series.Name, series.IsMain ? "tick main" : "tick other");
        }
    }

    /// <summary>Strips over the whole height that say the values below the pointer.</summary>
    private void DrawHovers(Svg svg, Axis x, Axis y)
    {
        IReadOnlyList<Point> places = Series[0].Points;
        int every = (int)Math.Ceiling(places.Count / MostHovers);
        for (int i = 0; i < places.Count; i += every)
        {
            double at = x.Of(places[i].X);
            double half = (x.To - x.From) / Math.Max((places.Count + every - 1) / every, 2) / 2;
            var values = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{XName} {Numbers.Count(places[i].X)}"));
            svg.Group("hover");
            foreach (Series series in Series.Where(s => i < s.Points.Count))
            {
                values.Append(values.ToString().Contains(':', StringComparison.Ordinal) ? ", " : ": ")
                    .Append(Series.Count > 1 ? series.Name + " " : "").Append(Numbers.Short(series.Points[i].Y));
                if (double.IsFinite(series.Points[i].Y))
                {
                    svg.Circle(at, y.Of(series.Points[i].Y), 3, series.IsMain ? "main dot" : "other dot");
                }
            }

            svg.Rect(at - half, y.To, 2 * half, y.From - y.To, "strip", 0, values.ToString()).EndGroup();
        }
    }

    private static string At(double x, double y) => Svg.N(x) + " " + Svg.N(y);
}
