#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>How generated code is compiled.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelOptions
{
    /// <summary>
    /// A method that works on registers, or calls those that do: as well as can be from its first call on, for the JIT's first attempt at its loops would be ten times
    /// slower; and on its own, for the JIT inlines all calls of registers' functions, but only so many into one method: with a profile it would take
    /// several such methods into one that calls them, and leave half of the functions as calls.
    /// </summary>
    public const MethodImplOptions OnItsOwn = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
#endif
