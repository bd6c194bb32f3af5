#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>What the instruction set does not say of the processor.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Processor
{
    // Asked once: in a virtual machine the question takes microseconds.
    private static readonly bool SplitsRegistersOf512 = IsOfSplitFamily();

    /// <summary>
    /// There are registers of 512 bits, and the processor works on a whole one at once. Where it works on one half after the other, two
    /// registers of 256 bits are as fast in long sums, and faster wherever one operation waits for another.
    /// </summary>
    /// <remarks>Written so that the JIT makes a constant of it; networks ask before their code is compiled.</remarks>
    public static bool Computes512AtOnce => Vector512.IsHardwareAccelerated && !SplitsRegistersOf512;

    // Family 19h is AMD's, and what has 512 bits of it is Zen 4. Others that split them are taken for whole.
    private static bool IsOfSplitFamily()
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        int signature = X86Base.CpuId(1, 0).Eax;
        return ((signature >> 8) & 0xF) + ((signature >> 20) & 0xFF) == 0x19;
    }
}
#endif
