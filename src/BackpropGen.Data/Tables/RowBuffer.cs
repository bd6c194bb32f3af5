using System;
using System.Collections.Generic;

namespace BackpropGen.Data;

/// <summary>Rows of so many values each, that grow without being copied.</summary>
internal sealed class RowBuffer<T>(int width)
    where T : unmanaged
{
    private readonly int _rowsPerBlock = Math.Max(1, 16384 / Math.Max(width, 1));
    private readonly List<T[]> _blocks = [];

    public int Count { get; private set; }

    public Span<T> this[int row] => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * width, width);

    public void Add(ReadOnlySpan<T> row)
    {
        if (Count == _blocks.Count * _rowsPerBlock)
        {
            _blocks.Add(new T[_rowsPerBlock * width]);
        }

        row.CopyTo(this[Count++]);
    }
}
