namespace BackpropGen.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All its epochs are done.</summary>
    Completed,

    /// <summary>The score had not got better for as many epochs as early stopping waits.</summary>
    StoppedEarly,

    /// <summary>It was cancelled; a checkpoint resumes it where it was.</summary>
    Cancelled,

    /// <summary>
    /// The loss was not a number, or infinite: <see cref="TrainingResult.Divergence"/> says why. The network has the best weights where
    /// they were asked to be restored and there was an epoch, otherwise those from before the step at fault, which are finite.
    /// </summary>
    Diverged,
}
