using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>What inference does with a few samples, written out.</summary>
/// <typeparam name="T">What a call has beside its input: floats of the output or the target, or labels.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISamples<T>
{
    /// <summary>Works on the samples.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="input">The first value of their input.</param>
    /// <param name="other">The first value of their output, target or labels.</param>
    /// <param name="scratch">Memory on a boundary of 64 bytes, with whatever was left in it.</param>
    /// <param name="memory">The network's memory.</param>
    /// <returns>The total of a loss; 0 where there is none.</returns>
    double Run(int samples, ref float input, ref T other, ref float scratch, NetworkMemory memory);
}
