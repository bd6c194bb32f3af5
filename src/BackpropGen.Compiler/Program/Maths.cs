namespace BackpropGen.Compiler;

/// <summary>The words in which a layer states its formula.</summary>
internal static class Maths
{
    public static Expr Exp(Expr x) => new Unary(UnaryOp.Exp, x);

    public static Expr Log(Expr x) => new Unary(UnaryOp.Log, x);

    /// <summary>log(1 + x), exact for small x.</summary>
    public static Expr Log1p(Expr x) => new Unary(UnaryOp.Log1p, x);

    /// <summary>eˣ − 1, exact for small x.</summary>
    public static Expr Expm1(Expr x) => new Unary(UnaryOp.Expm1, x);

    public static Expr Sqrt(Expr x) => new Unary(UnaryOp.Sqrt, x);

    public static Expr Abs(Expr x) => new Unary(UnaryOp.Abs, x);

    /// <summary>−1, 0 or 1; NaN of NaN.</summary>
    public static Expr Sign(Expr x) => new Unary(UnaryOp.Sign, x);

    public static Expr Tanh(Expr x) => new Unary(UnaryOp.Tanh, x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Expr Sigmoid(Expr x) => new Unary(UnaryOp.Sigmoid, x);

    public static Expr Erf(Expr x) => new Unary(UnaryOp.Erf, x);

    public static Expr Sin(Expr x) => new Unary(UnaryOp.Sin, x);

    public static Expr Cos(Expr x) => new Unary(UnaryOp.Cos, x);

    public static Expr Power(Expr x, Expr exponent) => new Binary(BinaryOp.Power, x, exponent);

    public static Pred Equal(Expr left, Expr right) => new Compare(CompareOp.Equal, left, right);

    public static Expr Select(Pred when, Expr then, Expr otherwise) => new Select(when, then, otherwise);

    /// <summary>The Iverson bracket: 1 where the predicate holds, 0 elsewhere.</summary>
    public static Expr Bracket(Pred when) => new Select(when, 1, 0);

    /// <summary>The value, a constant to the derivative.</summary>
    public static Expr Detach(Expr x) => new Detach(x);

    public static Fold Sum(Axis over, Expr body) => Sum([over], body);

    public static Fold Sum(Axis[] over, Expr body) => new(ReduceKind.Sum, over.ToEquatableArray(), body, null);

    public static Fold Max(Axis over, Expr body) => new(ReduceKind.Max, new[] { over }.ToEquatableArray(), body, null);

    public static Fold ArgMax(Axis over, Expr body) => new(ReduceKind.ArgMax, new[] { over }.ToEquatableArray(), body, null);
}
