using System;

namespace BackpropGen;

/// <summary>
/// The base of the attributes that a network is written with. They count in the order in which they stand on a partial class:
/// an <see cref="InputAttribute"/> where one is needed, layers, a loss, an optimizer.
/// </summary>
/// <remarks>On a struct or an interface it is an error that says why, and not the compiler's that says only that.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public abstract class NetworkAttribute : Attribute
{
    private protected NetworkAttribute()
    {
    }
}
