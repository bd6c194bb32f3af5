using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>What inference does with the samples of a call, piece by piece.</summary>
/// <typeparam name="T">What a call has beside its input: floats of the output or the target, or labels.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPieces<T>
{
    /// <summary>Works on a thread's share.</summary>
    /// <param name="input">The first value of the call's input.</param>
    /// <param name="other">The first value of its output, target or labels.</param>
    /// <param name="scratch">Memory on a boundary of 64 bytes for the share's rows, with whatever was left in it.</param>
    /// <param name="memory">The network's memory.</param>
    /// <param name="share">Which samples.</param>
    /// <returns>The total of a loss, where one thread does all of it; else 0.</returns>
    double Run(ref float input, ref T other, ref float scratch, NetworkMemory memory, in InferenceShare share);
}
