using System;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Runtime;

/// <summary>
/// Memory for floats whose first element lies on a 64-byte boundary, a cache line and the widest vector there is, and that the garbage
/// collector never moves. Zeroed. After the last element <see cref="Slack"/> further floats may be read, so that a vector at a tail may
/// reach beyond it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer
{
    /// <summary>How many floats after the last element may be read, though not written: one vector of 64 bytes.</summary>
    public const int Slack = Alignment / sizeof(float);

    private const int Alignment = 64;

    // An array starts on a boundary of at least 4 bytes, so that at most 15 floats lie before the first boundary of 64.
    private const int Overhead = Slack + (Alignment / sizeof(float)) - 1;

    // The longest array that every runtime allows, for any element type.
    private const int MaximumLength = 0x7FEFFFFF - Overhead;

    private readonly float[] array;
    private readonly float* pointer;
    private readonly int length;

#if NETSTANDARD2_0
    private readonly int start;
    private GCHandle handle;
#endif

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="length">How many floats, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative, or beyond what an array holds.</exception>
    public AlignedBuffer(int length)
    {
        if ((uint)length > MaximumLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length),
                length,
                string.Format(CultureInfo.InvariantCulture, "A buffer holds 0 to {0} floats.", MaximumLength));
        }

        this.length = length;
#if NETSTANDARD2_0
        array = new float[length + Overhead];
        handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        float* first = (float*)handle.AddrOfPinnedObject();
        pointer = Align(first);
        start = (int)(pointer - first);
#else
        array = GC.AllocateArray<float>(length + Overhead, pinned: true);
        pointer = Align((float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)));
#endif
    }

#if NETSTANDARD2_0
    /// <summary>Lets the garbage collector move the memory again, which nobody addresses any more but through tracked references.</summary>
    ~AlignedBuffer()
    {
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }
#endif

    /// <summary>How many floats the buffer holds.</summary>
    public int Length => length;

    /// <summary>All floats of the buffer. Keeps the memory alive on its own.</summary>
    public Span<float> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if NETSTANDARD2_0
        // Through the array: a span made of a pointer would not keep the memory alive here.
        get => new(array, start, length);
#else
        get => MemoryMarshal.CreateSpan(ref Reference, length);
#endif
    }

    /// <summary>The first element; a valid reference also where <see cref="Length"/> is 0. Keeps the memory alive on its own.</summary>
    public ref float Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref float reference = ref Unsafe.AsRef<float>(pointer);

            // The collector sees a reference and not a pointer: this object must outlive the conversion from one to the other.
            GC.KeepAlive(this);
            return ref reference;
        }
    }

    /// <summary>The address of the first element, valid while this object lives.</summary>
    internal float* Pointer => pointer;

    /// <summary>The first element of memory on the stack that lies on a boundary of 64 bytes.</summary>
    /// <param name="stack">Memory that does not move, <see cref="Slack"/> longer than what is wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Aligned(Span<float> stack) => ref Unsafe.AsRef<float>(Align((float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(stack))));

    /// <summary>The first address from one on that is on a boundary of 64 bytes.</summary>
    internal static float* Align(float* address) => (float*)(((nuint)address + (Alignment - 1)) & ~(nuint)(Alignment - 1));
}
