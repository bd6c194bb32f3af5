using System.Collections.Generic;

namespace BackpropGen.Data;

/// <summary>The errors of a file, as they are found: thrown together, at the end or when there are too many.</summary>
internal sealed class DataErrors(string file)
{
    private readonly List<DataError> _found = [];

    public void Add(long line, string found, string expected) => Add(line, 0, null, found, expected);

    /// <param name="line">From 1; 0 for the whole file.</param>
    /// <param name="column">From 1; 0 for the whole line.</param>
    /// <param name="name">The column's; null where it has none.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    public void Add(long line, int column, string? name, string found, string expected)
    {
        _found.Add(new DataError(file, line, column, name, found, expected));
        if (_found.Count == DataFileException.MostErrors)
        {
            ThrowIfAny();
        }
    }

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw new DataFileException(_found);
        }
    }
}
