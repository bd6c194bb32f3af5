using System;

namespace BackpropGen;

/// <summary>Where the values of a tensor lie at the moment at which they are written.</summary>
/// <typeparam name="T">float, double, bool, or an integer of 8, 16, 32 or 64 bits.</typeparam>
/// <returns>The values, row-major; as many each time it is asked.</returns>
public delegate ReadOnlySpan<T> TensorSource<T>()
    where T : unmanaged;
