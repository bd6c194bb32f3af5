using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>A histogram as bars, small enough for a table's cell.</summary>
internal static class HistogramChart
{
    /// <summary>Draws it.</summary>
    /// <param name="histogram">Of at least one finite value.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels, the labels below included.</param>
    public static string Draw(Histogram histogram, string title, double width, double height)
    {
        double floor = height - 17, most = histogram.Counts.Max(), step = width / histogram.Counts.Count;
        var bars = new StringBuilder();
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            if (histogram.Counts[i] > 0)
            {
                // What is there is to be seen: half a pixel at least.
                double bar = Math.Max(histogram.Counts[i] / most * (floor - 2), 0.5);
                double gap = histogram.Counts.Count > 1 ? 0.6 : width * 0.4;
                bars.Append(CultureInfo.InvariantCulture, $"M{Svg.N(i * step + gap)} {Svg.N(floor)}V{Svg.N(floor - bar)}H{Svg.N((i + 1) * step - gap)}V{Svg.N(floor)}Z");
            }
        }

        var svg = new Svg(width, height, title, $"{Numbers.Count(histogram.Counts.Sum())} values from {Numbers.Short(histogram.Minimum)} to {Numbers.Short(histogram.Maximum)}, mean {Numbers.Short(histogram.Mean)}, standard deviation {Numbers.Short(histogram.Deviation)}.", "chart small");
        svg.Path(bars.ToString(), "bar").Line(0, floor, width, floor, "axis");
        if (histogram.Counts.Count == 1)
        {
            return svg.Text(width / 2, height - 4, Numbers.Short(histogram.Mean, 3), "tick", "middle").ToString();
        }

        string least = Numbers.Short(histogram.Minimum, 2), greatest = Numbers.Short(histogram.Maximum, 2);
        svg.Text(0, height - 4, least, "tick").Text(width, height - 4, greatest, "tick", "end");
        double zero = -histogram.Minimum / (histogram.Maximum - histogram.Minimum) * width;
        if (zero is >= 0 && zero <= width)
        {
            svg.Line(zero, 2, zero, floor, "zero");
            if (zero > Html.Width(least, 12) + 8 && zero < width - Html.Width(greatest, 12) - 8)
            {
                svg.Text(zero, height - 4, "0", "tick", "middle");
            }
        }

        return svg.ToString();
    }
}
