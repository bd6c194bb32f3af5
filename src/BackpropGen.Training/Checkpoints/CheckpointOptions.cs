using System;

namespace BackpropGen.Training;

/// <summary>
/// Where a training is kept, so that it can go on after a stop at any batch as if it had never stopped: to the bit on the same machine.
/// Immutable.
/// </summary>
/// <remarks>
/// The file is in the safetensors format: parameters by their names, the optimizer's state, the best weights, and in the metadata where
/// the training is, its history as CSV among it. It is replaced in one move: whoever is killed while writing leaves the old one, whole.
/// </remarks>
public sealed record CheckpointOptions
{
    private readonly int everySteps;
    private readonly int everyEpochs = 1;

    /// <summary>Keeps a training in a file.</summary>
    /// <param name="path">Its path; the folder must be there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public CheckpointOptions(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Steps, counted over all epochs, from one checkpoint to the next; 0, the default, for none within an epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int EverySteps
    {
        get => everySteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            everySteps = value;
        }
    }

    /// <summary>
    /// Epochs from one checkpoint to the next; 1 by default, 0 for none between epochs. At the end and when the training is cancelled one
    /// is written in any case; when it diverges none is.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int EveryEpochs
    {
        get => everyEpochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            everyEpochs = value;
        }
    }

    /// <summary>Whether a training goes on from the file where it is there, as it does by default, or begins anew and replaces it.</summary>
    public bool Resumes { get; init; } = true;
}
