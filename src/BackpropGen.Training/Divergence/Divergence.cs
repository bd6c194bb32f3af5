namespace BackpropGen.Training;

/// <summary>Why a training diverged: the first value, in the order in which they are computed, that is infinite or not a number. Immutable.</summary>
/// <param name="Cause">Where it was.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step within the epoch, from 1; 0 where it was met in the validation.</param>
/// <param name="Loss">The step's loss.</param>
/// <param name="Tensor">The parameter tensor whose parameter or gradient it is; null otherwise.</param>
/// <param name="Index">Where in the tensor, row-major; in an example its column; -1 otherwise.</param>
/// <param name="Example">The example's index in its set; -1 otherwise.</param>
/// <param name="Message">All of this in words, and what to try.</param>
public sealed record Divergence(DivergenceCause Cause, int Epoch, int Step, double Loss, NetworkTensor? Tensor, int Index, int Example, string Message);
