using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Comparison;

/// <summary>The ratio over the plane of width and batch, a panel per depth and phase: blue where this compiler is ahead, red where it is not.</summary>
internal static class SweepPicture
{
    private const int CellWidth = 27;
    private const int CellHeight = 18;
    private const int Left = 60;
    private const int Gap = 70;
    private const int Top = 130;
    private const int PanelHead = 26;
    private const int PanelFoot = 44;

    // Twice as slow and eight times as fast have full colour.
    private const double Slowest = 0.5;
    private const double Fastest = 8;

    private static readonly (int Red, int Green, int Blue) Behind = (202, 52, 38);
    private static readonly (int Red, int Green, int Blue) Even = (255, 255, 255);
    private static readonly (int Red, int Green, int Blue) Ahead = (33, 102, 172);

    public static string Svg(IReadOnlyList<SweepPoint> points, string machine)
    {
        int[] widths = [.. points.Select(p => p.Width).Distinct().Order()];
        int[] batches = [.. points.Select(p => p.Batch).Distinct().OrderDescending()];
        int[] depths = [.. points.Select(p => p.Depth).Distinct().Order()];
        int panelWidth = Math.Max(widths.Length * CellWidth, 400);
        int panelHeight = PanelHead + batches.Length * CellHeight + PanelFoot;
        int width = Left + 2 * panelWidth + Gap + 20;
        int height = Top + depths.Length * panelHeight + 10;

        var svg = new StringBuilder();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" fill=\"#222\">");
        Line($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        Line($"<text x=\"{Left}\" y=\"28\" font-size=\"18\" font-weight=\"bold\">How many times as fast as the best native library, at every shape</text>");
        string[] sentences = Wrap(machine, (width - Left) / 6);
        for (int i = 0; i < Math.Min(3, sentences.Length); i++)
        {
            Line($"<text x=\"{Left}\" y=\"{46 + 13 * i}\" font-size=\"10\" fill=\"#555\">{Escape(sentences[i])}</text>");
        }

        Legend(svg, Left, 84);
        for (int d = 0; d < depths.Length; d++)
        {
            foreach (Phase phase in new[] { Phase.Infer, Phase.Train })
            {
                int x = phase == Phase.Infer ? Left : Left + panelWidth + Gap;
                Panel(svg, x, Top + d * panelHeight, depths[d], phase, [.. points.Where(p => p.Depth == depths[d] && p.Phase == phase)], widths, batches);
            }
        }

        Line($"</svg>");
        return svg.ToString();

        void Line(FormattableString line) => Append(svg, line);
    }

    private static void Panel(StringBuilder svg, int x, int y, int depth, Phase phase, SweepPoint[] points, int[] widths, int[] batches)
    {
        string layers = depth == 1 ? "1 layer" : string.Create(CultureInfo.InvariantCulture, $"{depth} layers");
        Append(svg, $"<text x=\"{x}\" y=\"{y + 16}\" font-size=\"13\" font-weight=\"bold\">{(phase == Phase.Infer ? "inference" : "training step")}, {layers}</text>");
        int top = y + PanelHead;
        int bottom = top + batches.Length * CellHeight;
        for (int row = 0; row < batches.Length; row++)
        {
            Append(svg, $"<text x=\"{x - 5}\" y=\"{top + row * CellHeight + 13}\" font-size=\"10\" text-anchor=\"end\">{batches[row]}</text>");
        }

        for (int column = 0; column < widths.Length; column++)
        {
            Append(svg, $"<text x=\"{x + column * CellWidth + CellWidth / 2}\" y=\"{bottom + 13}\" font-size=\"10\" text-anchor=\"middle\">{widths[column]}</text>");
        }

        Append(svg, $"<text x=\"{x + widths.Length * CellWidth / 2}\" y=\"{bottom + 27}\" font-size=\"10\" text-anchor=\"middle\" fill=\"#555\">width of all layers</text>");
        int middle = top + batches.Length * CellHeight / 2;
        Append(svg, $"<text x=\"{x - 36}\" y=\"{middle}\" font-size=\"10\" text-anchor=\"middle\" fill=\"#555\" transform=\"rotate(-90 {x - 36} {middle})\">samples per call</text>");
        Append(svg, $"<g font-size=\"10\" text-anchor=\"middle\" stroke-width=\"0.5\">");
        foreach (SweepPoint point in points.Where(p => !double.IsNaN(p.Ratio)))
        {
            int left = x + Array.IndexOf(widths, point.Width) * CellWidth;
            int row = top + Array.IndexOf(batches, point.Batch) * CellHeight;
            (string fill, string ink) = Colour(point.Ratio);
            Append(svg, $"<rect x=\"{left}\" y=\"{row}\" width=\"{CellWidth}\" height=\"{CellHeight}\" fill=\"{fill}\" stroke=\"#ddd\"><title>{point.Workload.Network.Shape}, {point.Workload.PhaseName} {point.Batch}: {point.Nanoseconds:F1} ns, {point.Best} {point.BestNanoseconds:F1} ns</title></rect><text x=\"{left + CellWidth / 2}\" y=\"{row + 13}\" fill=\"{ink}\">{Short(point.Ratio)}</text>");
        }

        Append(svg, $"</g>");
    }

    private static void Legend(StringBuilder svg, int x, int y)
    {
        double[] marks = [0.5, 0.7, 0.9, 1, 1.2, 1.5, 2, 3, 4, 6, 8];
        for (int i = 0; i < marks.Length; i++)
        {
            (string fill, string ink) = Colour(marks[i]);
            Append(svg, $"<rect x=\"{x + 36 * i}\" y=\"{y}\" width=\"36\" height=\"16\" fill=\"{fill}\" stroke=\"#ddd\" stroke-width=\"0.5\"/><text x=\"{x + 36 * i + 18}\" y=\"{y + 12}\" font-size=\"10\" text-anchor=\"middle\" fill=\"{ink}\">{marks[i]}×</text>");
        }

        Append(svg, $"<text x=\"{x}\" y=\"{y + 30}\" font-size=\"10\" fill=\"#555\">Red: a library is faster. Each cell is measured in turns with the three libraries that are fastest at that shape.</text>");
    }

    /// <summary>Fill and text colour.</summary>
    private static (string Fill, string Ink) Colour(double ratio)
    {
        bool ahead = ratio >= 1;
        double strength = Math.Clamp(Math.Log(ratio) / Math.Log(ahead ? Fastest : Slowest), 0, 1);
        (int red, int green, int blue) = ahead ? Ahead : Behind;
        string fill = string.Create(CultureInfo.InvariantCulture, $"#{Mix(Even.Red, red):x2}{Mix(Even.Green, green):x2}{Mix(Even.Blue, blue):x2}");
        return (fill, strength > 0.55 ? "#fff" : "#222");

        int Mix(int from, int to) => (int)Math.Round(from + (to - from) * strength);
    }

    // Rounding must not make a loss a draw.
    private static string Short(double ratio) => ratio switch
    {
        < 1 => Math.Min(ratio, 0.99).ToString("F2", CultureInfo.InvariantCulture),
        < 9.95 => ratio.ToString("F1", CultureInfo.InvariantCulture),
        _ => ratio.ToString("F0", CultureInfo.InvariantCulture),
    };

    private static string[] Wrap(string text, int columns)
    {
        var lines = new List<string> { string.Empty };
        foreach (string word in text.Split(' '))
        {
            if (lines[^1].Length + word.Length >= columns)
            {
                lines.Add(string.Empty);
            }

            lines[^1] += (lines[^1].Length > 0 ? " " : string.Empty) + word;
        }

        return [.. lines];
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static void Append(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
