using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>A column of categories or classes: texts, compared character by character. Immutable.</summary>
public sealed record CategoryColumn : Column
{
    internal CategoryColumn(string name, ColumnRole role, IReadOnlyList<string>? categories, UnknownCategory unknown, Missing missing)
        : base(name, role, missing)
    {
        if (missing.IsFilled && missing.Category is null)
        {
            throw new ArgumentException(
                $"Column \"{name}\" has categories; expected one of them in place of those that are missing ({nameof(Data.Missing)}.{nameof(Data.Missing.BecomesCategory)}).",
                nameof(missing));
        }

        if (categories is not null)
        {
            if (categories.Count == 0 || categories.GroupBy(category => category, StringComparer.Ordinal).Any(group => group.Count() > 1))
            {
                throw new ArgumentException(
                    $"Column \"{name}\": {(categories.Count == 0 ? "no categories" : "a category twice")}; expected each of them once, or null to find them in the training part.",
                    nameof(categories));
            }

            if (missing.Category is { } filled && !categories.Contains(filled, StringComparer.Ordinal))
            {
                throw new ArgumentException($"Column \"{name}\": missing values become \"{filled}\", which is none of its categories.", nameof(missing));
            }

            Categories = [.. categories];
        }

        Unknown = unknown;
    }

    /// <summary>The categories or classes by index; null where they are to be found in the training part.</summary>
    public IReadOnlyList<string>? Categories { get; }

    /// <summary>What becomes of a category that is none of these.</summary>
    public UnknownCategory Unknown { get; }

    /// <summary>What is expected, in words.</summary>
    /// <param name="categories">The categories, fixed or found.</param>
    internal string Expected(IReadOnlyList<string> categories)
    {
        const int Shown = 12;
        string list = string.Join(", ", categories.Take(Shown).Select(DataError.Quote));
        string rest = categories.Count > Shown ? FormattableString.Invariant($" or {categories.Count - Shown} more") : "";
        return $"{(Role == ColumnRole.Label ? "a class" : "a category")}: {list}{rest}";
    }
}
