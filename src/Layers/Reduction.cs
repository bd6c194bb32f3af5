namespace BackpropGen;

/// <summary>How the values of a loss become one number.</summary>
public enum Reduction
{
    /// <summary>The mean over all elements of the batch (over samples for the losses that compare a distribution or a label).</summary>
    Mean,

    /// <summary>The sum over all elements of the batch.</summary>
    Sum,

    /// <summary>Summed within each sample, averaged over the samples.</summary>
    BatchMean,
}
