using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A step of a program.</summary>
internal abstract record Step;

/// <summary>
/// <c>target[at] = seed + reduce over axes of body</c>, for every value of the letters in <c>at</c>. The seed is read once per element:
/// the bias of an affine layer.
/// </summary>
internal sealed record Statement(Tensor Target, EquatableArray<Index> At, Fold Value, Store Store, Origin Origin) : Step
{
    /// <summary>The letters that the statement runs over without summing them.</summary>
    public IReadOnlyList<Axis> Free => At.SelectMany(i => i.Axes).Distinct().ToArray();

    /// <summary>Every read, the seed's included, each once.</summary>
    public IEnumerable<Read> Reads => Value.Seed is null ? Value.Body.Reads : Value.Body.Reads.Concat(Value.Seed.Reads).Distinct();

    public Statement Substitute(Func<Axis, Axis> replacement) => this with
    {
        At = At.Select(i => i.Substitute(a => replacement(a))).ToEquatableArray(),
        Value = Value with
        {
            Over = Value.Over.Select(replacement).ToEquatableArray(),
            Body = Value.Body.Substitute(a => replacement(a)),
            Seed = Value.Seed?.Substitute(a => replacement(a)),
        },
    };

    /// <summary>The same statement with its body and seed replaced.</summary>
    public Statement MapValues(Func<Expr, Expr> map) =>
        this with { Value = Value with { Body = map(Value.Body), Seed = Value.Seed is null ? null : map(Value.Seed) } };
}

/// <summary>What is folded over which letters, and what the fold starts from.</summary>
internal sealed record Fold(ReduceKind Kind, EquatableArray<Axis> Over, Expr Body, Expr? Seed)
{
    public static implicit operator Fold(Expr body) => new(ReduceKind.None, default, body, null);
}

/// <summary>
/// Statements that run for one value of an ordered letter after another, because a step reads what the step before it wrote: a recurrence.
/// </summary>
internal sealed record Scan(Axis Along, bool Backwards, IReadOnlyList<Statement> Body) : Step;

internal enum ReduceKind
{
    None,
    Sum,
    Max,

    /// <summary>The first index of the largest value; NaN wins.</summary>
    ArgMax,
}

internal enum Store
{
    Assign,
    Accumulate,
}

/// <summary>Where a statement comes from.</summary>
/// <param name="Layer">The place of the attribute, −1 for what belongs to none.</param>
/// <param name="Name">What the code calls it: <c>Affine1</c>.</param>
/// <param name="IsBackward">It belongs to the backward pass.</param>
internal sealed record Origin(int Layer, string Name, bool IsBackward = false)
{
    public override string ToString() => Name;
}
