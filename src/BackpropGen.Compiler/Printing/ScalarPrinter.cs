using System;

namespace BackpropGen.Compiler;

/// <summary>Writes a number of the call as C#, in double: the factor of a mean, a step's size.</summary>
internal static class ScalarPrinter
{
    public static string Print(Expr e, int level = 0) => e switch
    {
        Const c => Literals.Double(c.Value),
        ExtentValue { Extent.Kind: ExtentKind.Samples } => "samples",
        Read r => r.Tensor.Symbol,
        Unary { Op: UnaryOp.Sqrt } u => $"Math.Sqrt({Print(u.Operand)})",
        Unary { Op: UnaryOp.Negate } u => "-" + Print(u.Operand, 3),
        Binary { Op: BinaryOp.Power } b => $"Math.Pow({Print(b.Left)}, {Print(b.Right)})",
        Binary { Op: BinaryOp.Add } b => Parenthesize($"{Print(b.Left, 1)} + {Print(b.Right, 2)}", 1, level),
        Binary { Op: BinaryOp.Subtract } b => Parenthesize($"{Print(b.Left, 1)} - {Print(b.Right, 2)}", 1, level),
        Binary { Op: BinaryOp.Multiply } b => Parenthesize($"{Print(b.Left, 2)} * {Print(b.Right, 3)}", 2, level),
        Binary { Op: BinaryOp.Divide } b => Parenthesize($"{Print(b.Left, 2)} / {Print(b.Right, 3)}", 2, level),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no number of the call."),
    };

    private static string Parenthesize(string text, int own, int level) => own < level ? $"({text})" : text;
}
