namespace BackpropGen.Data;

/// <summary>What becomes of a category that is none of a column's.</summary>
public enum UnknownCategory
{
    /// <summary>An error with its line.</summary>
    IsAnError,

    /// <summary>All of the column's features are 0.</summary>
    IsAllZeros,
}
