using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BackpropGen.Data;

/// <summary>
/// What becomes of a column's missing values, and what stands in the file where one is missing. There is no default but the error: whoever reads the program
/// sees what was done. Immutable.
/// </summary>
public sealed record Missing
{
    private enum Filling
    {
        None,
        Constant,
        Mean,
        Median,
    }

    private readonly Filling _filling;
    private readonly byte[][] _utf8Tokens;

    private Missing(bool drops, Filling filling, float value, string? category, string[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        DropsRow = drops;
        _filling = filling;
        Number = value;
        Category = category;
        Tokens = tokens.Length == 0 ? UsualTokens : [.. tokens];
        _utf8Tokens = [.. Tokens.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>What stands in files where a value is missing: nothing, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> and <c>null</c>.</summary>
    public static IReadOnlyList<string> UsualTokens { get; } = ["", "?", "NA", "N/A", "NaN", "null"];

    /// <summary>A missing value is an error, as anything else that is no value.</summary>
    public static Missing IsAnError { get; } = new(drops: false, Filling.None, 0, null, []);

    /// <summary>What stands where a value is missing; compared character by character.</summary>
    public IReadOnlyList<string> Tokens { get; }

    internal bool DropsRow { get; }

    internal bool IsFilled => _filling != Filling.None;

    internal bool IsMean => _filling == Filling.Mean;

    internal bool IsMedian => _filling == Filling.Median;

    /// <summary>The constant, where a number is filled with one.</summary>
    internal float Number { get; }

    /// <summary>The category that a missing one becomes; null where it becomes none.</summary>
    internal string? Category { get; }

    /// <summary>The whole row is left out, and counted: <see cref="RawTable.DroppedRows"/>.</summary>
    /// <param name="tokens">What stands where a value is missing; none: <see cref="UsualTokens"/>.</param>
    public static Missing DropsTheRow(params string[] tokens) => new(drops: true, Filling.None, 0, null, tokens);

    /// <summary>A number becomes a constant.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="tokens">What stands where a value is missing; none: <see cref="UsualTokens"/>.</param>
    /// <exception cref="ArgumentException">The constant is not finite.</exception>
    public static Missing BecomesNumber(float value, params string[] tokens) => float.IsFinite(value)
        ? new(drops: false, Filling.Constant, value, null, tokens)
        : throw new ArgumentException(FormattableString.Invariant($"Missing values become {value}; expected a finite number."), nameof(value));

    /// <summary>A number becomes the mean of those that the training part has.</summary>
    /// <param name="tokens">What stands where a value is missing; none: <see cref="UsualTokens"/>.</param>
    public static Missing BecomesMean(params string[] tokens) => new(drops: false, Filling.Mean, 0, null, tokens);

    /// <summary>A number becomes the median of those that the training part has.</summary>
    /// <param name="tokens">What stands where a value is missing; none: <see cref="UsualTokens"/>.</param>
    public static Missing BecomesMedian(params string[] tokens) => new(drops: false, Filling.Median, 0, null, tokens);

    /// <summary>A category becomes one of the column's, which may be one for just this.</summary>
    /// <param name="category">The category.</param>
    /// <param name="tokens">What stands where a value is missing; none: <see cref="UsualTokens"/>.</param>
    public static Missing BecomesCategory(string category, params string[] tokens)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new(drops: false, Filling.Constant, 0, category, tokens);
    }

    /// <summary>Whether a value is missing where this stands.</summary>
    /// <param name="text">UTF-8.</param>
    internal bool Is(ReadOnlySpan<byte> text)
    {
        foreach (byte[] token in _utf8Tokens)
        {
            if (text.SequenceEqual(token))
            {
                return true;
            }
        }

        return false;
    }
}
