using System;
using System.Globalization;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>
/// A picture being written. Coordinates are pixels, to a tenth; looks come from the page's style sheet by class. It has a title and a
/// description for those who do not see it.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="width">In pixels at full size; it shrinks and grows with its place.</param>
    /// <param name="height">In pixels at full size.</param>
    /// <param name="title">What it is; plain text.</param>
    /// <param name="description">What is to be seen in it; plain text.</param>
    /// <param name="cssClass">Its class.</param>
    public Svg(double width, double height, string title, string description, string cssClass = "chart") =>
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"{cssClass}\" role=\"img\" viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" height=\"{N(height)}\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Html.Escape(title)}</title><desc>{Html.Escape(description)}</desc>");

    /// <summary>A coordinate as it is written.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A straight line.</summary>
    public Svg Line(double x1, double y1, double x2, double y2, string cssClass)
    {
        text.Append(CultureInfo.InvariantCulture, $"<line class=\"{cssClass}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");
        return this;
    }

    /// <summary>A path; <paramref name="tooltip"/> is plain text.</summary>
    public Svg Path(string data, string cssClass, string? tooltip = null) => data.Length == 0 ? this : Element("path", $"d=\"{data}\"", cssClass, tooltip);

    /// <summary>A rectangle; <paramref name="tooltip"/> is plain text.</summary>
    public Svg Rect(double x, double y, double width, double height, string cssClass, double radius = 0, string? tooltip = null) => Element(
        "rect",
        $"x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"" + (radius > 0 ? $" rx=\"{N(radius)}\"" : ""),
        cssClass,
        tooltip);

    /// <summary>A circle; <paramref name="tooltip"/> is plain text.</summary>
    public Svg Circle(double x, double y, double radius, string cssClass, string? tooltip = null) =>
        Element("circle", $"cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"", cssClass, tooltip);

    /// <summary>A text.</summary>
    /// <param name="x">Where its anchor is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="content">Plain text.</param>
    /// <param name="cssClass">Its class.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="upright">Written from bottom to top.</param>
    /// <param name="tooltip">Plain text.</param>
    public Svg Text(double x, double y, string content, string cssClass, string anchor = "start", bool upright = false, string? tooltip = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"<text class=\"{cssClass}\" x=\"{N(x)}\" y=\"{N(y)}\"")
            .Append(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")
            .Append(upright ? $" transform=\"rotate(-90 {N(x)} {N(y)})\"" : "")
            .Append('>').Append(Html.Escape(content))
            .Append(tooltip is null ? "" : $"<title>{Html.Escape(tooltip)}</title>")
            .Append("</text>");
        return this;
    }

    /// <summary>Begins a group; <see cref="EndGroup"/> ends it.</summary>
    public Svg Group(string cssClass)
    {
        text.Append(CultureInfo.InvariantCulture, $"<g class=\"{cssClass}\">");
        return this;
    }

    /// <summary>Ends the group begun last.</summary>
    public Svg EndGroup()
    {
        text.Append("</g>");
        return this;
    }

    /// <summary>The finished picture.</summary>
    public override string ToString() => text + "</svg>";

    private Svg Element(string name, string attributes, string cssClass, string? tooltip)
    {
        text.Append(CultureInfo.InvariantCulture, $"<{name} class=\"{cssClass}\" {attributes}");
        text.Append(tooltip is null ? "/>" : $"><title>{Html.Escape(tooltip)}</title></{name}>");
        return this;
    }
}
