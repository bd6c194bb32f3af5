#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>Asks for memory before it is needed, where the machine has an instruction for it. Nothing is read: any address will do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Prefetch
{
    // 64 bytes.
    private const int LineLength = 16;

    /// <summary>The cache line of an element that lies so many floats on.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="offset">How many floats on; beyond the end of the memory too.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(ref float source, int offset)
    {
        if (Sse.IsSupported)
        {
            // The address may be stale as soon as it is taken, should the collector move the memory: then another line is asked for.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref source, offset)));
        }
    }

    /// <summary>The cache lines of so many elements, from one that lies so many floats on: each line once, however narrow the registers that read it.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="offset">How many floats on; beyond the end of the memory too.</param>
    /// <param name="count">How many floats, up to 16 lines of them; a constant, or all that depends on it is decided at run time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(ref float source, int offset, int count)
    {
        FourLines(ref source, offset, count);
        FourLines(ref source, offset + (4 * LineLength), count - (4 * LineLength));
        FourLines(ref source, offset + (8 * LineLength), count - (8 * LineLength));
        FourLines(ref source, offset + (12 * LineLength), count - (12 * LineLength));
    }

    // Written out: the JIT does not unroll a loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourLines(ref float source, int offset, int count)
    {
        if (count > 0)
        {
            Line(ref source, offset);
        }

        if (count > LineLength)
        {
            Line(ref source, offset + LineLength);
        }

        if (count > 2 * LineLength)
        {
            Line(ref source, offset + (2 * LineLength));
        }

        if (count > 3 * LineLength)
        {
            Line(ref source, offset + (3 * LineLength));
        }
    }
}
#endif
