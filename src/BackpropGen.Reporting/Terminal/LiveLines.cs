using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BackpropGen.Reporting;

/// <summary>
/// Lines at the end of a terminal's output that are written anew in place. The cursor stands below them, visible, all the time: whoever
/// ends the program leaves the terminal as it should be.
/// </summary>
internal sealed class LiveLines(IAnsiConsole console)
{
    private readonly List<int> lengths = [];

    /// <summary>Puts other lines in the place of those that are there.</summary>
    /// <param name="lines">Each with its style, shorter than the terminal is wide.</param>
    public void Show(params (string Text, Style Style)[] lines)
    {
        var segments = new List<Segment> { Segment.Control(Back()) };
        lengths.Clear();
        foreach ((string text, Style style) in lines)
        {
            segments.Add(new Segment(text, style));
            segments.Add(Segment.Control("\u001b[K"));
            segments.Add(Segment.LineBreak);
            lengths.Add(text.Length);
        }

        segments.Add(Segment.Control("\u001b[J"));
        console.Write(new Written(segments));
    }

    /// <summary>Takes the lines away: what is written next stands in their place.</summary>
    public void Clear()
    {
        if (lengths.Count > 0)
        {
            console.Write(new Written([Segment.Control(Back() + "\u001b[J")]));
            lengths.Clear();
        }
    }

    /// <summary>To the first line's first column; a line that the terminal has broken, since it was made narrower, counts as several.</summary>
    private string Back()
    {
        int width = Math.Max(console.Profile.Width, 1);
        int rows = lengths.Sum(length => Math.Max((length + width - 1) / width, 1));
        return rows == 0 ? "\r" : FormattableString.Invariant($"\u001b[{rows}A\r");
    }

    /// <summary>Segments as they are: nothing breaks or fills them.</summary>
    private sealed class Written(List<Segment> segments) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
