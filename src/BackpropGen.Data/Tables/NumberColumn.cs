using System;

namespace BackpropGen.Data;

/// <summary>
/// A column of numbers: as float32, written as in <c>-12.5</c> or <c>1e-3</c> whatever the machine's language; neither NaN nor infinite. Immutable.
/// </summary>
public sealed record NumberColumn : Column
{
    internal NumberColumn(string name, ColumnRole role, Missing missing)
        : base(name, role, missing)
    {
        if (missing.Category is not null)
        {
            throw new ArgumentException(
                $"Column \"{name}\" has numbers; expected a number in place of those that are missing, not the category \"{missing.Category}\".", nameof(missing));
        }
    }

    /// <summary>The least number that may stand there; a smaller one is an error.</summary>
    public float Minimum { get; init; } = float.MinValue;

    /// <summary>The greatest number that may stand there; a larger one is an error.</summary>
    public float Maximum { get; init; } = float.MaxValue;

    /// <summary>What is expected, in words.</summary>
    internal string Expected => (Minimum > float.MinValue, Maximum < float.MaxValue) switch
    {
        (true, true) => FormattableString.Invariant($"a number from {Minimum} to {Maximum}"),
        (true, false) => FormattableString.Invariant($"a number of at least {Minimum}"),
        (false, true) => FormattableString.Invariant($"a number of at most {Maximum}"),
        (false, false) => "a number",
    };
}
