#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>Asks for memory before it is needed, where the machine has an instruction for it. Nothing is read: any address will do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Prefetch
{
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
}
#endif
