namespace BackpropGen;

/// <summary>
/// What a network's loss is, for code that takes any network: how losses of batches of unequal size are averaged, and what the loss is
/// compared with. Every class with network attributes and a loss implements it, explicitly.
/// </summary>
public interface IDeclaredLoss
{
    /// <summary>How the values of the loss become one number; <see cref="Reduction.Sum"/> for a loss that cannot be told.</summary>
    Reduction Reduction { get; }

    /// <summary>False for a loss that is compared with nothing: its target is empty.</summary>
    bool ReadsTarget { get; }

    /// <summary>How many classes labels tell apart; 0 for a loss that takes no labels.</summary>
    int Classes { get; }

    /// <summary>
    /// From the score of one class to that of the next in a sample's output: 1 where the classes are the last axis; where they are the
    /// channels of an image, its height times its width. 0 for a loss that takes no labels.
    /// </summary>
    int ClassStride { get; }
}
