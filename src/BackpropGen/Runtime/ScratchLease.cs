using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>A buffer taken from a <see cref="ScratchList"/>. Dispose it exactly once, best by <c>using</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ScratchLease
{
    private readonly ScratchSlot slot;

    internal ScratchLease(ScratchSlot slot) => this.slot = slot;

    /// <summary>The buffer, with whatever was left in it.</summary>
    public Span<float> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => slot.Buffer!.Span;
    }

    /// <summary>The buffer's first element, on a 64-byte boundary.</summary>
    public ref float Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref slot.Buffer!.Reference;
    }

    /// <summary>Gives the buffer back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => slot.Release();
}
