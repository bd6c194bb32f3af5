namespace OnDevice;

/// <summary>What became of a reference reading.</summary>
internal enum Lesson
{
    /// <summary>It was learnt from.</summary>
    Learnt,

    /// <summary>No concentration at all: nothing, or more than there can be.</summary>
    Impossible,

    /// <summary>Too far from what is expected.</summary>
    Outlier,

    /// <summary>It was learnt from until now; as the factory's weights have come to do better, they are back.</summary>
    RolledBack,
}
