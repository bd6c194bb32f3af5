using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen;

/// <summary>How messages write what a file says: short, on one line, whatever is in it.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    /// <summary>How many of a list are named.</summary>
    public const int Most = 8;

    /// <summary>A text of the file, cut where it is long, without characters that steer a terminal.</summary>
    public static string Name(string text)
    {
        var builder = new StringBuilder();
        foreach (char c in text.Length > Longest ? text.Substring(0, Longest) : text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                builder.Append(c);
            }
        }

        return text.Length > Longest ? builder.Append('…').ToString() : builder.ToString();
    }

    /// <summary>[32, 64].</summary>
    public static string Shape<T>(IReadOnlyList<T> extents)
        where T : struct, System.IFormattable =>
        "[" + List(extents.Select(e => e.ToString(null, CultureInfo.InvariantCulture)), extents.Count) + "]";

    /// <summary>The first few of these in quotation marks, and how many more there are.</summary>
    public static string ListOf<T>(IReadOnlyCollection<T> items, string none)
        where T : notnull =>
        items.Count == 0 ? none : List(items.Select(i => $"'{i}'"), items.Count);

    /// <summary>The first few, and how many more there are.</summary>
    public static string List(IEnumerable<string> texts, int count) =>
        string.Join(", ", texts.Take(Most)) + (count > Most ? string.Format(CultureInfo.InvariantCulture, ", … and {0} more", count - Most) : string.Empty);
}
