using System;
using System.Collections.Generic;

namespace BackpropGen.Data;

/// <summary>Texts that are each kept once, numbered in the order in which they came.</summary>
internal sealed class DistinctTexts
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public string this[int index] => _texts[index];

    public int Count => _texts.Count;

    public int IndexOf(string text)
    {
        if (!_indices.TryGetValue(text, out int index))
        {
            index = _texts.Count;
            _indices.Add(text, index);
            _texts.Add(text);
        }

        return index;
    }
}
