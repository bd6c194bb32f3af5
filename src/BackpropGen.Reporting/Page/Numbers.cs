using System;
using System.Globalization;

namespace BackpropGen.Reporting;

/// <summary>How figures are written, in the terminal and in the report: the same in every country.</summary>
internal static class Numbers
{
    /// <summary>With at most four significant digits: <c>0.08123</c>, <c>12,340</c>, <c>1.2e−7</c>, <c>NaN</c>, <c>∞</c>.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }

        double size = Math.Abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7))
        {
            string[] parts = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('E');
            string mantissa = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
            return Minus(mantissa + "e" + int.Parse(parts[1], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        }

        int decimals = size == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 15);
        string text = Math.Round(value, decimals).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Minus(decimals > 0 ? text.TrimEnd('0').TrimEnd('.') : text);
    }

    /// <summary>With exactly as many decimals as its column needs, so that points stand below one another: four significant digits, zeros kept.</summary>
    public static string Column(double value) =>
        !double.IsFinite(value) || (value != 0 && Math.Abs(value) is < 1e-4 or >= 1e6) ? Short(value)
        : Minus(value.ToString(Math.Abs(value) >= 1000 ? "N1" : "F4", CultureInfo.InvariantCulture));

    /// <summary>A whole number, with its thousands apart.</summary>
    public static string Count(double count) => double.IsFinite(count) ? count.ToString("N0", CultureInfo.InvariantCulture) : Short(count);

    /// <summary>A share in [0, 1] as a percentage: <c>97.6 %</c>.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A duration in its two largest units: <c>420 ms</c>, <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.9995 } => FormattableString.Invariant($"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 9.95 } => FormattableString.Invariant($"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 59.5 } => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        { TotalHours: < 24 } => FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes:00} min"),
        _ => FormattableString.Invariant($"{(int)time.TotalDays} d {time.Hours:00} h"),
    };

    private static string Minus(string text) => text.Replace('-', '−');
}
