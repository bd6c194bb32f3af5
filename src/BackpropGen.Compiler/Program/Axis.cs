using System;

namespace BackpropGen.Compiler;

/// <summary>A letter of a statement and how far it goes. Two axes are the same only where they are the same object.</summary>
internal sealed class Axis(string letter, Extent extent) : IEquatable<Axis>
{
    public string Letter { get; } = letter;

    public Extent Extent { get; } = extent;

    /// <summary>The axis runs over the samples of a batch.</summary>
    public bool IsBatch => Extent.Kind == ExtentKind.Rows;

    public static Index operator +(Axis axis, int offset) => (Index)axis + offset;

    public static Index operator -(Axis axis, int offset) => (Index)axis + -offset;

    public static Index operator +(Axis left, Index right) => (Index)left + right;

    public static Index operator *(int factor, Axis axis) => factor * (Index)axis;

    public bool Equals(Axis? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => Letter;
}
