using System;

namespace BackpropGen;

/// <summary>
/// The base of the attributes that a network is written with. They count in the order in which they stand on a partial class:
/// an <see cref="InputAttribute"/> where one is needed, layers, a loss, an optimizer.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class NetworkAttribute : Attribute
{
    private protected NetworkAttribute()
    {
    }
}
