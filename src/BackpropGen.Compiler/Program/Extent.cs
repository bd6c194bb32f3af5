using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>How far an axis goes: a constant, the rows of the piece that is worked on, or the samples of the whole call.</summary>
internal readonly record struct Extent
{
    private Extent(ExtentKind kind, int value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>n: the rows of this piece. Loops over the batch run this far.</summary>
    public static Extent Rows { get; } = new(ExtentKind.Rows, 0);

    /// <summary>N: the samples of the call. Means divide by it.</summary>
    public static Extent Samples { get; } = new(ExtentKind.Samples, 0);

    public ExtentKind Kind { get; }

    /// <summary>The length, where it is a constant.</summary>
    public int Value { get; }

    public bool IsConstant => Kind == ExtentKind.Constant;

    public static implicit operator Extent(int value) => new(ExtentKind.Constant, value);

    public override string ToString() => Kind switch
    {
        ExtentKind.Rows => "n",
        ExtentKind.Samples => "N",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}

internal enum ExtentKind
{
    Constant,
    Rows,
    Samples,
}
