using System;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler;

/// <summary>The derivative of a scalar expression by one of its reads.</summary>
internal static class Differentiator
{
    /// <summary>∂<paramref name="expression"/>/∂<paramref name="variable"/>, simplified; the constant 0 where it does not depend on it.</summary>
    public static Expr Differentiate(Expr expression, Read variable) => Simplifier.Simplify(D(expression, variable));

    private static Expr D(Expr e, Read x) => e switch
    {
        Read read => read.Equals(x) ? 1 : 0,
        Const or IndexValue or ExtentValue or Detach => 0,
        Unary unary => Chain(Outer(unary), D(unary.Operand, x)),
        Binary binary => D(binary, x),
        Select select => Choose(select.When, D(select.Then, x), D(select.Else, x)),
        _ => throw new InvalidOperationException($"No derivative of {e.GetType().Name}."),
    };

    // Zeros are dropped on the way: what does not depend on x must not be computed, nor its poles be met.
    private static Expr Chain(Expr outer, Expr inner) => inner is Const { Value: 0 } ? 0 : outer * inner;

    private static Expr Choose(Pred when, Expr then, Expr otherwise) =>
        then.Equals(otherwise) ? then : new Select(when, then, otherwise);

    private static Expr Outer(Unary f)
    {
        Expr u = f.Operand;
        return f.Op switch
        {
            UnaryOp.Negate => -1,
            UnaryOp.Exp => f,
            UnaryOp.Log => 1 / u,
            UnaryOp.Log1p => 1 / (1 + u),
            UnaryOp.Expm1 => Exp(u),
            UnaryOp.Sqrt => 0.5 / f,
            UnaryOp.Abs => Sign(u),
            UnaryOp.Sign => 0,
            UnaryOp.Tanh => 1 - (f * f),
            UnaryOp.Sigmoid => f * (1 - f),
            UnaryOp.Erf => 2 / Math.Sqrt(Math.PI) * Exp(-(u * u)),
            UnaryOp.Sin => Cos(u),
            UnaryOp.Cos => -Sin(u),
            _ => throw new InvalidOperationException($"No derivative of {f.Op}."),
        };
    }

    private static Expr D(Binary e, Read x)
    {
        Expr l = e.Left;
        Expr r = e.Right;
        Expr dl = D(l, x);
        Expr dr = D(r, x);
        return e.Op switch
        {
            BinaryOp.Add => dl + dr,
            BinaryOp.Subtract => dl - dr,
            BinaryOp.Multiply => Chain(r, dl) + Chain(l, dr),
            BinaryOp.Divide => Chain(1 / r, dl) - Chain(e / r, dr),
            BinaryOp.Power => Chain(r * Power(l, r - 1), dl) + Chain(e * Log(l), dr),
            _ => throw new InvalidOperationException($"No derivative of {e.Op}."),
        };
    }
}
