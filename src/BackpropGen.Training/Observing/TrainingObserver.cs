namespace BackpropGen.Training;

/// <summary>
/// Sees a training go by: progress on a screen, a report, a log of one's own. Everything is called on the thread that trains; what an
/// observer throws ends the training.
/// </summary>
public abstract class TrainingObserver
{
    /// <summary>Before the first step, also of a training that goes on from a checkpoint.</summary>
    /// <param name="run">What is going to be trained, on what, and for how long.</param>
    public virtual void Started(TrainingRun run)
    {
    }

    /// <summary>After each step. Called often: what it allocates is the observer's own doing.</summary>
    /// <param name="progress">How far the epoch is.</param>
    public virtual void StepEnded(in StepProgress progress)
    {
    }

    /// <summary>After each epoch and its validation. The network's gradients and its parameters may be read, the parameters not written.</summary>
    /// <remarks>
    /// The gradients are those of the epoch's last batch at the parameters after it, for which one backward pass is made where anybody
    /// observes; with clipping or several processes those that its last step was taken with.
    /// </remarks>
    /// <param name="epoch">How it went.</param>
    public virtual void EpochEnded(EpochResult epoch)
    {
    }

    /// <summary>At the end, however it came, except by an exception of an observer or of the machine.</summary>
    /// <param name="result">The whole history, and why it ended.</param>
    public virtual void Ended(TrainingResult result)
    {
    }
}
