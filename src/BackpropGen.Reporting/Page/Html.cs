using System;
using System.Globalization;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>Text as HTML and SVG take it.</summary>
internal static class Html
{
    /// <summary>As an element's content or a quoted attribute's value: whatever stands in it, it stays text.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                case '\t' or '\n' or '\r':
                    escaped.Append(' ');
                    break;
                default:
                    // What no document may hold, and what turns the direction of the text around it.
                    escaped.Append(
                        Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) ? "\uFFFD" : rune.ToString());
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>At most so many characters, the last an ellipsis where some were left out; never half a character.</summary>
    public static string Shorten(string text, int most)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        return starts.Length <= most ? text : text[..starts[Math.Max(most - 1, 0)]] + "…";
    }

    /// <summary>How wide a text is, roughly and never too little for Latin letters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Of the type, in pixels.</param>
    public static double Width(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += rune.Value >= 0x1100 ? 1.05 : rune.Value is 'm' or 'w' or 'M' or 'W' or '@' or '%' ? 0.95 : rune.Value is 'i' or 'l' or '.' or ',' or ' ' or 't' or 'f' or 'r' ? 0.38 : 0.62;
        }

        return width * size;
    }
}
