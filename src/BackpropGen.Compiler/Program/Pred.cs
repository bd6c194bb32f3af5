using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A condition on expressions, indices among them: an Iverson bracket.</summary>
internal abstract record Pred
{
    public abstract IEnumerable<Expr> Operands { get; }

    public static Pred operator &(Pred left, Pred right) => new And(left, right);

    public static Pred operator !(Pred operand) => new Not(operand);

    public abstract Pred Map(Func<Expr, Expr> map);
}

internal sealed record Compare(CompareOp Op, Expr Left, Expr Right) : Pred
{
    public override IEnumerable<Expr> Operands => [Left, Right];

    public override Pred Map(Func<Expr, Expr> map) => new Compare(Op, map(Left), map(Right));
}

internal sealed record And(Pred Left, Pred Right) : Pred
{
    public override IEnumerable<Expr> Operands => Left.Operands.Concat(Right.Operands);

    public override Pred Map(Func<Expr, Expr> map) => new And(Left.Map(map), Right.Map(map));
}

internal sealed record Not(Pred Operand) : Pred
{
    public override IEnumerable<Expr> Operands => Operand.Operands;

    public override Pred Map(Func<Expr, Expr> map) => new Not(Operand.Map(map));
}

internal enum CompareOp
{
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
