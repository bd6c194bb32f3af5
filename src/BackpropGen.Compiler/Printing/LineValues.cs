using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>What a line of code has in locals already: values that were loaded, or computed and stored. One for all kernels of a method.</summary>
internal sealed class LineValues
{
    private readonly HashSet<string> names = [];
    private readonly Dictionary<string, (Tensor? Tensor, string Name)> held = [];

    /// <summary>A name that no other local has.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int copy = 2; !names.Add(name); copy++)
        {
            name = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", wanted, (char)('A' + copy - 1));
            if (copy > 26)
            {
                name = string.Format(CultureInfo.InvariantCulture, "{0}_A{1}", wanted, copy);
            }
        }

        return name;
    }

    /// <summary>The local that holds what a piece of code would load; null where none does.</summary>
    public string? Held(string load) => held.TryGetValue(load, out (Tensor?, string Name) value) ? value.Name : null;

    /// <summary>Says that a local holds what a piece of code would load of a tensor; of none where it is a constant.</summary>
    public void Hold(Tensor? tensor, string load, string name) => held[load] = (tensor, name);

    /// <summary>Inside of a loop: what is loaded there is not known behind it.</summary>
    public void Within(Action body)
    {
        var outside = new HashSet<string>(held.Keys);
        body();
        foreach (string load in held.Keys.Where(load => !outside.Contains(load)).ToArray())
        {
            held.Remove(load);
        }
    }

    /// <summary>Memory changes: what was loaded from it is old.</summary>
    public void Forget(Tensor tensor)
    {
        List<string> old = [];
        foreach (KeyValuePair<string, (Tensor? Tensor, string Name)> value in held)
        {
            if (value.Value.Tensor == tensor)
            {
                old.Add(value.Key);
            }
        }

        old.ForEach(load => held.Remove(load));
    }
}
