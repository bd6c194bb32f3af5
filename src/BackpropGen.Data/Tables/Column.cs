using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>A column of a table, what is in it and what it is for. Immutable. A file's other columns are left out.</summary>
public abstract record Column
{
    private protected Column(string name, ColumnRole role, Missing missing)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(missing);
        if (role != ColumnRole.Input && missing.IsFilled)
        {
            throw new ArgumentException(
                $"Column \"{name}\": what is to be learned cannot be filled in; expected {nameof(Data.Missing)}.{nameof(Data.Missing.IsAnError)} or {nameof(Data.Missing.DropsTheRow)}.",
                nameof(missing));
        }

        Name = name;
        Role = role;
        Missing = missing;
    }

    /// <summary>What the file calls it.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public ColumnRole Role { get; }

    /// <summary>What becomes of missing values.</summary>
    public Missing Missing { get; }

    /// <summary>A number that goes into the network: one feature.</summary>
    /// <param name="name">What the file calls it.</param>
    /// <param name="missing">What becomes of missing values; null: they are errors.</param>
    /// <exception cref="ArgumentException">The name is empty, or missing numbers are to be filled with a category.</exception>
    public static NumberColumn Number(string name, Missing? missing = null) => new(name, ColumnRole.Input, missing ?? Missing.IsAnError);

    /// <summary>Numbers that go into the network, a feature each, none missing.</summary>
    /// <param name="names">What the file calls them.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static IEnumerable<NumberColumn> Numbers(IEnumerable<string> names) => names.Select(name => Number(name));

    /// <summary>A number that the network is to give. A table may have several.</summary>
    /// <param name="name">What the file calls it.</param>
    /// <param name="missing">What becomes of missing values: an error (null), or the row is dropped.</param>
    /// <exception cref="ArgumentException">The name is empty, or missing values are to be filled.</exception>
    public static NumberColumn Target(string name, Missing? missing = null) => new(name, ColumnRole.Target, missing ?? Missing.IsAnError);

    /// <summary>A text or a number that stands for one of several categories: one-hot, a feature per category, which is 1 where it is that one and otherwise 0.</summary>
    /// <param name="name">What the file calls it.</param>
    /// <param name="categories">All of them, in the order of their features; null: those that the training part has, numbers by size, texts by their characters.</param>
    /// <param name="unknown">What becomes of a category that is none of these.</param>
    /// <param name="missing">What becomes of missing values; null: they are errors.</param>
    /// <exception cref="ArgumentException">The name is empty, a category stands there twice, or the missing ones are to be filled with a number or with none of the categories.</exception>
    public static CategoryColumn Category(
        string name, IReadOnlyList<string>? categories = null, UnknownCategory unknown = UnknownCategory.IsAnError, Missing? missing = null) =>
        new(name, ColumnRole.Input, categories, unknown, missing ?? Missing.IsAnError);

    /// <summary>The class that the network is to tell. A table has one at most.</summary>
    /// <param name="name">What the file calls it.</param>
    /// <param name="classes">All of them, in the order of their indices; null: those that the training part has, numbers by size, texts by their characters.</param>
    /// <param name="missing">What becomes of missing values: an error (null), or the row is dropped.</param>
    /// <exception cref="ArgumentException">The name is empty, a class stands there twice, or missing values are to be filled.</exception>
    public static CategoryColumn Label(string name, IReadOnlyList<string>? classes = null, Missing? missing = null) =>
        new(name, ColumnRole.Label, classes, UnknownCategory.IsAnError, missing ?? Missing.IsAnError);
}
