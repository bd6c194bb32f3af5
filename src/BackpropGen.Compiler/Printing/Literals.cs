using System;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Numbers as text: the shortest that reads back as the same number, in the invariant culture.</summary>
internal static class Literals
{
    /// <summary>A C# float literal.</summary>
    public static string Float(double value)
    {
        float single = (float)value;
        return Special(single, "float") ?? Shortest(single).Replace("E-0", "e-").Replace("E-", "e-").Replace("E+", "e") + "f";
    }

    /// <summary>A C# double literal.</summary>
    public static string Double(double value)
    {
        if (Special(value, "double") is { } special)
        {
            return special;
        }

        string text = Shortest(value);
        return text.IndexOfAny(['.', 'e', 'E']) < 0 ? text + ".0" : text;
    }

    /// <summary>A number in a formula.</summary>
    public static string Number(double value) => Shortest((float)value).Replace("E-0", "e-").Replace("E-", "e-").Replace("E+", "e").Replace('-', '−');

    /// <summary>A C# string literal, whatever is in the text.</summary>
    public static string String(string text) => "\"" + string.Concat(text.Select(c => c switch
    {
        '"' or '\\' => "\\" + c,
        < ' ' or >= '\u007F' and < '\u00A0' or >= '\u2028' and <= '\u2029' or >= '\uD800' => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        _ => c.ToString(),
    })) + "\"";

    public static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string? Special(double value, string type) =>
        double.IsNaN(value) ? type + ".NaN" : double.IsPositiveInfinity(value) ? type + ".PositiveInfinity" : double.IsNegativeInfinity(value) ? type + ".NegativeInfinity" : null;

    /// <summary>The shortest text that reads back as the float. "R" does not promise that on every run time that hosts a compiler; trying precisions does.</summary>
    public static string Shortest(float value)
    {
        for (int digits = 1; digits < 9; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float back) && back == value)
            {
                return Plain(text, value);
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    private static string Shortest(double value)
    {
        for (int digits = 1; digits < 17; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back == value)
            {
                return Plain(text, value);
            }
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    // G writes 1E+02 for 100 where one digit suffices.
    private static string Plain(string text, double value) =>
        text.Contains("E+") && Math.Abs(value) < 1e7 && value == Math.Floor(value) ? value.ToString("F0", CultureInfo.InvariantCulture) : text;
}
