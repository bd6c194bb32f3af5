using System;

namespace BackpropGen.Compiler;

/// <summary>
/// Rewrites expressions into shorter ones of the same value. Zero times something is zero here: a derivative that does not depend on a
/// value must not become NaN with it.
/// </summary>
internal static class Simplifier
{
    public static Expr Simplify(Expr e) => e.Map(Simplify) switch
    {
        Unary u => Rewrite(u),
        Binary b => Rewrite(b),
        Select s => Rewrite(s),
        var other => other,
    };

    private static Expr Rewrite(Unary u) => (u.Op, u.Operand) switch
    {
        (UnaryOp.Negate, Const c) => -c.Value,
        (UnaryOp.Negate, Unary { Op: UnaryOp.Negate } inner) => inner.Operand,
        (UnaryOp.Negate, Binary { Op: BinaryOp.Subtract } difference) => difference.Right - difference.Left,
        (UnaryOp.Exp, Const { Value: 0 }) => 1,
        (UnaryOp.Sqrt, Const c) when c.Value >= 0 => Math.Sqrt(c.Value),
        _ => u,
    };

    private static Expr Rewrite(Binary b) => b.Op switch
    {
        BinaryOp.Add => Sum(b),
        BinaryOp.Subtract => Difference(b),
        BinaryOp.Multiply => Product(b),
        BinaryOp.Divide => Quotient(b),
        _ => b.Right is Const { Value: 1 } ? b.Left : b,
    };

    private static Expr Sum(Binary b) => (b.Left, b.Right) switch
    {
        (Const l, Const r) => l.Value + r.Value,
        (Const { Value: 0 }, var r) => r,
        (var l, Const { Value: 0 }) => l,
        (var l, Unary { Op: UnaryOp.Negate } r) => l - r.Operand,
        (Unary { Op: UnaryOp.Negate } l, var r) => r - l.Operand,
        _ => b,
    };

    private static Expr Difference(Binary b) => (b.Left, b.Right) switch
    {
        (Const l, Const r) => l.Value - r.Value,
        (var l, Const { Value: 0 }) => l,
        (Const { Value: 0 }, var r) => Simplify(-r),
        (var l, Unary { Op: UnaryOp.Negate } r) => l + r.Operand,
        _ => b,
    };

    private static Expr Product(Binary b) => (b.Left, b.Right) switch
    {
        (Const l, Const r) => l.Value * r.Value,
        (Const { Value: 0 }, _) or (_, Const { Value: 0 }) => 0,
        (Const { Value: 1 }, var r) => r,
        (var l, Const { Value: 1 }) => l,
        (Const { Value: -1 }, var r) => Simplify(-r),
        (var l, Const { Value: -1 }) => Simplify(-l),
        (var l, Const r) => Simplify(r * l),
        (Const l, Binary { Op: BinaryOp.Multiply, Left: Const r } product) => Simplify((l.Value * r.Value) * product.Right),
        (Const l, Binary { Op: BinaryOp.Divide, Left: Const r } quotient) => Simplify((l.Value * r.Value) / quotient.Right),
        (var l, Binary { Op: BinaryOp.Divide, Left: Const { Value: 1 } } quotient) => l / quotient.Right,
        (Unary { Op: UnaryOp.Negate } l, Unary { Op: UnaryOp.Negate } r) => Simplify(l.Operand * r.Operand),
        (Unary { Op: UnaryOp.Negate } l, var r) => Simplify(-Simplify(l.Operand * r)),
        (var l, Unary { Op: UnaryOp.Negate } r) => Simplify(-Simplify(l * r.Operand)),
        (var l, Select s) when IsMask(s) => Simplify(new Select(s.When, Simplify(l * s.Then), Simplify(l * s.Else))),
        (Select s, var r) when IsMask(s) => Simplify(new Select(s.When, Simplify(s.Then * r), Simplify(s.Else * r))),
        _ => b,
    };

    private static Expr Quotient(Binary b) => (b.Left, b.Right) switch
    {
        (Const l, Const r) when r.Value != 0 => l.Value / r.Value,
        (Const { Value: 0 }, _) => 0,
        (var l, Const { Value: 1 }) => l,
        _ => b,
    };

    private static Expr Rewrite(Select s) => s.Then.Equals(s.Else) ? s.Then : s;

    // A product with a choice of constants is a choice of products: dy·[y > 0] keeps NaN and infinity out of what is masked.
    private static bool IsMask(Select s) => s.Then is Const && s.Else is Const or Select { Then: Const, Else: Const };
}
