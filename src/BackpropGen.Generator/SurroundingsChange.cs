using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Generator;

/// <summary>What an edit changed of what files say to each other.</summary>
internal sealed class SurroundingsChange
{
    /// <summary>Usings, references, what types inherit from: any name may mean something else.</summary>
    public static readonly SurroundingsChange Everything = new(hasConstants: true, null);

    private readonly HashSet<string>? names;

    private SurroundingsChange(bool hasConstants, HashSet<string>? names)
    {
        HasConstants = hasConstants;
        this.names = names;
    }

    /// <summary>Whether constants are among it: whoever names something may depend on them, by way of other constants.</summary>
    public bool HasConstants { get; }

    public static SurroundingsChange Of(IReadOnlyCollection<FileOutline.Declared> changed) =>
        new(changed.Any(declared => declared.IsConstant), new HashSet<string>(changed.Select(declared => declared.Name)));

    /// <summary>Whether one of these names may mean something else now.</summary>
    public bool Touches(HashSet<string> others) => names is null || names.Overlaps(others);
}
