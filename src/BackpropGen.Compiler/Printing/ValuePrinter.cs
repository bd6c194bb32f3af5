using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes expressions as C#: of single floats, or of vectors of them. A function that stands twice in an expression gets a local.</summary>
/// <param name="writer">Where locals go.</param>
/// <param name="register">What values are held in.</param>
/// <param name="suffix">What the names of locals end in.</param>
/// <param name="read">How a read is written.</param>
/// <param name="index">How an index is written as a number.</param>
/// <param name="unique">Makes a local's name one of its own.</param>
internal sealed class ValuePrinter(CodeWriter writer, Register register, string suffix, Func<Read, string> read, Func<Index, string> index, Func<string, string>? unique = null)
{
    private const int ConditionalLevel = 0;
    private const int SumLevel = 2;
    private const int ProductLevel = 3;
    private const int UnaryLevel = 4;

    private readonly Dictionary<Expr, string> locals = [];
    private Dictionary<Expr, int> counts = [];

    public string Print(Expr e, bool asFactor = false)
    {
        counts = e.Nodes.GroupBy(n => n).ToDictionary(g => g.Key, g => g.Count());
        return Print(e, asFactor ? ProductLevel : ConditionalLevel);
    }

    private string Print(Expr e, int level)
    {
        if (locals.TryGetValue(e, out string? local))
        {
            return local;
        }

        if (NameOf(e) is { } shared && counts.TryGetValue(e, out int count) && count > 1)
        {
            // Its parts come first, and take their names first.
            string text = PrintNew(e, ConditionalLevel);
            int same = locals.Keys.Count(k => NameOf(k) == shared);
            string number = same == 0 ? string.Empty : (same + 1).ToString(CultureInfo.InvariantCulture);
            string name = shared + number + (suffix.Length == 0 ? string.Empty : "_" + suffix);
            name = unique?.Invoke(name) ?? name;
            writer.Line(register.Declare(name, text));
            locals.Add(e, name);
            return name;
        }

        return PrintNew(e, level);
    }

    // What is worth a local where it stands twice: functions and quotients. Sums and products the JIT shares by itself.
    private static string? NameOf(Expr e) => e switch
    {
        Unary { Op: not (UnaryOp.Negate or UnaryOp.Abs) } u => u.Op.ToString().ToLowerInvariant(),
        Binary { Op: BinaryOp.Divide } => "quotient",
        _ => null,
    };

    private string PrintNew(Expr e, int level) => e switch
    {
        Const c => Constant(c.Value),
        Read { Tensor.Role: TensorRole.Scalar } r => register.Create(r.Tensor.Symbol),
        Read r => read(r),
        IndexValue i => index(i.Index),
        ExtentValue x => x.Extent.Kind == ExtentKind.Samples ? "samples" : x.Extent.ToString(),
        Detach d => Print(d.Operand, level),
        Unary { Op: UnaryOp.Negate } u => Parenthesize("-" + Print(u.Operand, UnaryLevel), UnaryLevel, level),
        Unary u => $"{register.Function(u.Op.ToString())}({Print(u.Operand, ConditionalLevel)})",
        Binary b => Print(b, level),
        Select { When: Compare c, Then: Const bound } s when register.IsVector && Bounding(c, bound, s.Else) is { } function => $"{register.Type}.{function}({(bound.Value == 0 ? "0" : Literals.Float(bound.Value))}, {Print(s.Else, ConditionalLevel)})",
        Select { Then: Const { Value: 0 } } s when register.IsVector => $"{register.Type}.Unless({Mask(s.When, ConditionalLevel)}, {Print(s.Else, ConditionalLevel)})",
        Select s when register.IsVector => $"{register.Type}.Choose({Mask(s.When, ConditionalLevel)}, {Print(s.Then, ConditionalLevel)}, {Print(s.Else, ConditionalLevel)})",
        Select s => Parenthesize($"{Condition(s.When)} ? {Print(s.Then, SumLevel)} : {Print(s.Else, SumLevel)}", 1, level),
        _ => throw new InvalidOperationException($"No C# of {e.GetType().Name}."),
    };

    // x < b ? b : x
    private static string? Bounding(Compare when, Const bound, Expr x) => !when.Right.Equals(bound) || !when.Left.Equals(x) ? null : when.Op switch
    {
        CompareOp.Less => "AtLeast",
        CompareOp.Greater => "AtMost",
        _ => null,
    };

    private string Constant(double value) => register.IsVector && value is (0 or 1)
        ? $"{register.Type}.{(value == 0 ? "Zero" : "One")}"
        : register.Create(Literals.Float(value));

    private string Print(Binary b, int level)
    {
        switch (b.Op)
        {
            case BinaryOp.Add:
                return Parenthesize($"{Print(b.Left, SumLevel)} + {Print(b.Right, ProductLevel)}", SumLevel, level);
            case BinaryOp.Subtract:
                return Parenthesize($"{Print(b.Left, SumLevel)} - {Print(b.Right, ProductLevel)}", SumLevel, level);
            case BinaryOp.Multiply:
                // A vector may be multiplied by a single number, which stands before it.
                (Expr left, Expr right) = IsNumber(b.Right) && !IsNumber(b.Left) ? (b.Right, b.Left) : (b.Left, b.Right);
                return Parenthesize($"{Factor(left)} * {Print(right, UnaryLevel)}", ProductLevel, level);
            case BinaryOp.Divide:
                return Parenthesize($"{Print(b.Left, ProductLevel)} / {Print(b.Right, UnaryLevel)}", ProductLevel, level);
            default:
                throw new InvalidOperationException("A power is a number of the call, not of an element.");
        }
    }

    private string Factor(Expr e) => e switch
    {
        Const c when register.IsVector => Literals.Float(c.Value),
        Read { Tensor.Role: TensorRole.Scalar } r => r.Tensor.Symbol,
        Unary { Op: UnaryOp.Negate } u when IsNumber(u) => "-" + Factor(u.Operand),
        Binary { Op: BinaryOp.Multiply } b when IsNumber(b) => $"{Factor(b.Left)} * {Factor(b.Right)}",
        _ => Print(e, ProductLevel),
    };

    private bool IsNumber(Expr e) => register.IsVector && e switch
    {
        Const or Read { Tensor.Role: TensorRole.Scalar } => true,
        Unary { Op: UnaryOp.Negate } u => IsNumber(u.Operand),
        Binary { Op: BinaryOp.Multiply } b => IsNumber(b.Left) && IsNumber(b.Right),
        _ => false,
    };

    private string Condition(Pred p) => p switch
    {
        And a => $"{Condition(a.Left)} && {Condition(a.Right)}",
        Not n => $"!({Condition(n.Operand)})",
        Compare c => $"{Print(c.Left, SumLevel)} {Sign(c.Op)} {Print(c.Right, SumLevel)}",
        _ => throw new InvalidOperationException($"No C# of {p.GetType().Name}."),
    };

    private string Mask(Pred p, int level) => p switch
    {
        And a => Parenthesize($"{Mask(a.Left, SumLevel)} & {Mask(a.Right, SumLevel)}", 1, level),
        Not n => $"~{Mask(n.Operand, UnaryLevel)}",
        Compare { Op: CompareOp.Equal } c => $"{register.Type}.Equal({Print(c.Left, ConditionalLevel)}, {Print(c.Right, ConditionalLevel)})",
        Compare c => Parenthesize($"{Print(c.Left, SumLevel)} {Sign(c.Op)} {Print(c.Right, SumLevel)}", 1, level),
        _ => throw new InvalidOperationException($"No C# of {p.GetType().Name}."),
    };

    private static string Sign(CompareOp op) => op switch
    {
        CompareOp.Equal => "==",
        CompareOp.Greater => ">",
        CompareOp.GreaterOrEqual => ">=",
        CompareOp.Less => "<",
        _ => "<=",
    };

    private static string Parenthesize(string text, int own, int level) => own < level ? $"({text})" : text;
}
