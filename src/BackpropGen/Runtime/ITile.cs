#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>
/// How many rows the tiles of a method have: a type, for what is asked of a type is known before the JIT reads what depends on it; of an
/// instance, for C# 9 knows no other members of a type parameter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITile
{
    /// <summary>The rows.</summary>
    int Rows { get; }
}

/// <summary>Tiles of 3 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows3 : ITile
{
    /// <inheritdoc />
    public int Rows => 3;
}

/// <summary>Tiles of 4 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows4 : ITile
{
    /// <inheritdoc />
    public int Rows => 4;
}

/// <summary>Tiles of 5 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows5 : ITile
{
    /// <inheritdoc />
    public int Rows => 5;
}

/// <summary>Tiles of 6 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows6 : ITile
{
    /// <inheritdoc />
    public int Rows => 6;
}

/// <summary>Tiles of 7 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows7 : ITile
{
    /// <inheritdoc />
    public int Rows => 7;
}

/// <summary>Tiles of 8 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows8 : ITile
{
    /// <inheritdoc />
    public int Rows => 8;
}
#endif
