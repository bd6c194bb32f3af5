using System;

namespace BackpropGen.Reporting;

/// <summary>A chart with its caption.</summary>
internal static class Figure
{
    /// <summary>A chart that is drawn for places of several widths, of which the style sheet shows one: so its type stays readable in all.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="note">Plain text, set smaller.</param>
    /// <param name="draw">The picture for a width in pixels.</param>
    /// <param name="widest">Whether there may be a place as wide as the page.</param>
    public static string Fluid(string title, string note, Func<double, string> draw, bool widest)
    {
        string wide = widest ? $"<div class=\"wide\">{draw(1080)}</div>" : "";
        return $"<figure class=\"fluid {(widest ? "of3" : "of2")}\">{Caption(title, note)}{wide}<div class=\"middle\">{draw(widest ? 640 : 480)}</div><div class=\"narrow\">{draw(330)}</div></figure>\n";
    }

    /// <summary>A chart of one size.</summary>
    public static string Plain(string title, string note, string picture, string cssClass = "plain") =>
        $"<figure class=\"{cssClass}\">{Caption(title, note)}{picture}</figure>\n";

    /// <summary>A chart that may be wider than its place: there it is scrolled, by keyboard as well.</summary>
    public static string Scrolled(string title, string note, string picture) =>
        $"<figure class=\"plain\">{Caption(title, note)}<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Html.Escape(title)}\">{picture}</div></figure>\n";

    private static string Caption(string title, string note) =>
        $"<figcaption><h3 dir=\"auto\">{Html.Escape(title)}</h3>{(note.Length == 0 ? "" : $"<p>{Html.Escape(note)}</p>")}</figcaption>";
}
