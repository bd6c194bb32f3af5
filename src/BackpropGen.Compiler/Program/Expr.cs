using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A scalar expression. Equal where it is written the same: what stands twice is computed once.</summary>
internal abstract record Expr
{
    public static implicit operator Expr(double value) => new Const(value);

    public static implicit operator Expr(Axis axis) => new IndexValue(axis);

    public static Expr operator +(Expr left, Expr right) => new Binary(BinaryOp.Add, left, right);

    public static Expr operator -(Expr left, Expr right) => new Binary(BinaryOp.Subtract, left, right);

    public static Expr operator *(Expr left, Expr right) => new Binary(BinaryOp.Multiply, left, right);

    public static Expr operator /(Expr left, Expr right) => new Binary(BinaryOp.Divide, left, right);

    public static Expr operator -(Expr operand) => new Unary(UnaryOp.Negate, operand);

    public static Fold operator +(Expr seed, Fold fold) =>
        fold.Seed is null ? fold with { Seed = seed } : throw new InvalidOperationException("A fold has one seed.");

    public static Pred operator >(Expr left, Expr right) => new Compare(CompareOp.Greater, left, right);

    public static Pred operator <(Expr left, Expr right) => new Compare(CompareOp.Less, left, right);

    public static Pred operator >=(Expr left, Expr right) => new Compare(CompareOp.GreaterOrEqual, left, right);

    public static Pred operator <=(Expr left, Expr right) => new Compare(CompareOp.LessOrEqual, left, right);

    // Asked for again and again; what an expression reads is no part of what it is.
    private IReadOnlyList<Read>? reads;

    protected Expr()
    {
    }

    protected Expr(Expr original)
    {
        _ = original;
    }

    /// <summary>Every read in it, predicates included, each once, in order.</summary>
    public IReadOnlyList<Read> Reads => reads ??= Nodes.OfType<Read>().Distinct().ToArray();

    /// <summary>Itself and all below, predicates' expressions included.</summary>
    public IEnumerable<Expr> Nodes => Children.SelectMany(c => c.Nodes).Prepend(this);

    public virtual IEnumerable<Expr> Children => [];

    public virtual bool Equals(Expr? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The same expression with its direct parts replaced.</summary>
    public virtual Expr Map(Func<Expr, Expr> map) => this;

    /// <summary>The same expression with every axis replaced by an index.</summary>
    public virtual Expr Substitute(Func<Axis, Index> replacement) => Map(e => e.Substitute(replacement));
}

internal sealed record Const(double Value) : Expr;

/// <summary>A tensor's element.</summary>
internal sealed record Read(Tensor Tensor, EquatableArray<Index> At) : Expr
{
    public override Expr Substitute(Func<Axis, Index> replacement) =>
        this with { At = At.Select(i => i.Substitute(replacement)).ToEquatableArray() };
}

/// <summary>An index as a number: the j of [j = label].</summary>
internal sealed record IndexValue(Index Index) : Expr
{
    public override Expr Substitute(Func<Axis, Index> replacement) => new IndexValue(Index.Substitute(replacement));
}

/// <summary>An extent as a number: the N of a mean.</summary>
internal sealed record ExtentValue(Extent Extent) : Expr;

internal sealed record Unary(UnaryOp Op, Expr Operand) : Expr
{
    public override IEnumerable<Expr> Children => [Operand];

    /// <summary>It is worked out by a polynomial, and is no single instruction.</summary>
    public bool IsFunction => Op is not (UnaryOp.Negate or UnaryOp.Sqrt or UnaryOp.Abs or UnaryOp.Sign);

    public override Expr Map(Func<Expr, Expr> map) => new Unary(Op, map(Operand));
}

internal sealed record Binary(BinaryOp Op, Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Children => [Left, Right];

    public override Expr Map(Func<Expr, Expr> map) => new Binary(Op, map(Left), map(Right));
}

/// <summary>One of two. What is not chosen is not evaluated: a read outside a tensor may stand under a false predicate.</summary>
internal sealed record Select(Pred When, Expr Then, Expr Else) : Expr
{
    public override IEnumerable<Expr> Children => When.Operands.Append(Then).Append(Else);

    public override Expr Map(Func<Expr, Expr> map) => new Select(When.Map(map), map(Then), map(Else));
}

/// <summary>A value that the derivative takes for a constant: the maximum that softmax subtracts.</summary>
internal sealed record Detach(Expr Operand) : Expr
{
    public override IEnumerable<Expr> Children => [Operand];

    public override Expr Map(Func<Expr, Expr> map) => new Detach(map(Operand));
}

internal enum UnaryOp
{
    Negate,
    Exp,
    Log,
    Log1p,
    Expm1,
    Sqrt,
    Abs,
    Sign,
    Tanh,
    Sigmoid,
    Erf,
    Sin,
    Cos,
}

internal enum BinaryOp
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}
