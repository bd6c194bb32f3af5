#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>Memory for two of something, one behind the other: on the stack, where an array would be guarded by the runtime.</summary>
/// <typeparam name="T">A register, or memory for several.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[InlineArray(2)]
public struct Twice<T>
    where T : struct
{
    private T first;
}
#endif
