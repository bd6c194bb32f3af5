#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>A register of neighbouring floats that has two halves.</summary>
/// <typeparam name="TSelf">The register.</typeparam>
/// <typeparam name="THalf">A register of half as many.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHalves<TSelf, THalf>
    where TSelf : struct, IFloats<TSelf>, IHalves<TSelf, THalf>
    where THalf : struct, IFloats<THalf>
{
    /// <summary>The first half of the lanes.</summary>
    THalf Lower { get; }

    /// <summary>The second half of the lanes.</summary>
    THalf Upper { get; }

    /// <summary>Writes the first lanes from an element on, and no more. Nothing is checked.</summary>
    /// <param name="count">How many: 1 or more, and fewer than all.</param>
    /// <param name="destination">Where elements are counted from.</param>
    /// <param name="offset">The first element.</param>
    void StoreFirst(int count, ref float destination, int offset);

    /// <summary>Two registers in one.</summary>
    static abstract TSelf Join(THalf lower, THalf upper);
}
#endif
