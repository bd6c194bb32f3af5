using System;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes statements as mathematics. The comments of the emitted code come from here and so can't say what the code does not do.</summary>
internal static class MathPrinter
{
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int UnaryLevel = 3;
    private const int Atom = 4;

    /// <summary>The statement in index notation: <c>dw1[k,j] += Σn x[n,k]·dy1[n,j]</c>.</summary>
    public static string Indices(Statement s)
    {
        string left = Element(s.Target.Symbol, s.At);
        string sign = s.Store == Store.Accumulate ? " += " : " = ";
        return left + sign + Value(s.Value, s.At);
    }

    /// <summary>The statement in matrices, <c>dX = dY1·W1ᵀ</c> or <c>dW1 += Xᵀ·dY1</c>; null where it is not a matrix product or a sum of rows.</summary>
    public static string? Matrices(Statement s)
    {
        if (s.Value.Kind != ReduceKind.Sum || s.Value.Over.Count != 1 || s.At.Any(i => i.Pure is null))
        {
            return null;
        }

        Axis over = s.Value.Over[0];
        string left = Matrix(s.Target) + (s.Store == Store.Accumulate ? " +=" : " =");
        string seed = s.Value.Seed is Read bias ? " + " + bias.Tensor.Symbol : string.Empty;
        if (s.Value.Body is Read only && s.At.Count == 1 && only.At.Count == 2 && only.At[0].Equals((Index)over))
        {
            return $"{left} Σ{over.Letter} {Matrix(only.Tensor)}{seed}";
        }

        if (s.At.Count != 2 || s.Value.Body is not Binary { Op: BinaryOp.Multiply, Left: Read l, Right: Read r } || l.At.Count != 2 || r.At.Count != 2)
        {
            return null;
        }

        Read first = l.At.Contains(s.At[0]) ? l : r;
        Read second = first == l ? r : l;
        string? rows = Oriented(first, s.At[0], over);
        string? columns = Oriented(second, over, s.At[1]);
        return rows is null || columns is null ? null : $"{left} {rows}·{columns}{seed}";
    }

    /// <summary>Both, where there are both.</summary>
    public static string Statement(Statement s) => Matrices(s) is { } matrices ? $"{matrices}   {Indices(s)}" : Indices(s);

    /// <summary>In matrices, where it is a product or a sum of them.</summary>
    public static string Shortest(Statement s) => Matrices(s) ?? Indices(s);

    /// <summary>What the code calls a whole tensor: its elements are x, it is X; dw1 belongs to dW1.</summary>
    public static string Memory(Tensor tensor)
    {
        string symbol = tensor.Symbol;
        int at = symbol.Length > 1 && symbol[0] == 'd' && char.IsLetter(symbol[1]) ? 1 : 0;
        return symbol.Substring(0, at) + char.ToUpperInvariant(symbol[at]) + symbol.Substring(at + 1);
    }

    public static string Expression(Expr e) => Print(e, 0);

    // Matrices are capital letters, vectors small ones.
    private static string Matrix(Tensor tensor) => tensor.Extents.Count == 1 ? tensor.Symbol : Memory(tensor);

    private static string? Oriented(Read matrix, Index rows, Index columns) =>
        matrix.At[0].Equals(rows) && matrix.At[1].Equals(columns) ? Matrix(matrix.Tensor)
        : matrix.At[0].Equals(columns) && matrix.At[1].Equals(rows) ? Matrix(matrix.Tensor) + "ᵀ"
        : null;

    private static string Value(Fold fold, EquatableArray<Index> at)
    {
        string seed = fold.Seed is null ? string.Empty : Print(fold.Seed, SumLevel) + " + ";
        string over = string.Join(",", fold.Over.Select(a => a.Letter));
        return fold.Kind switch
        {
            ReduceKind.Sum => $"{seed}Σ{over} {Print(InOrder(fold.Body, at), ProductLevel)}",
            ReduceKind.Max => $"{seed}max{over} {Print(fold.Body, ProductLevel)}",
            ReduceKind.ArgMax => $"{seed}argmax{over} {Print(fold.Body, ProductLevel)}",
            _ => seed + Print(fold.Body, 0),
        };
    }

    // x[n,k]·dy[n,j] for dw[k,j]: the operand with the target's first letter stands first, as in the matrix product.
    private static Expr InOrder(Expr body, EquatableArray<Index> at) =>
        body is Binary { Op: BinaryOp.Multiply, Left: Read l, Right: Read r } && at.Count > 0 && !l.At.Contains(at[0]) && r.At.Contains(at[0]) ? r * l : body;

    private static string Element(string symbol, EquatableArray<Index> at) =>
        at.Count == 0 ? symbol : $"{symbol}[{string.Join(",", at)}]";

    private static string Print(Expr e, int level) => e switch
    {
        Const c => Parenthesize(Literals.Number(c.Value), c.Value < 0 ? UnaryLevel : Atom, level),
        Read r => Element(r.Tensor.Symbol, r.At),
        IndexValue i => Parenthesize(i.Index.ToString(), i.Index.Pure is not null || i.Index.Terms.Count == 0 ? Atom : SumLevel, level),
        ExtentValue x => x.Extent.ToString(),
        Detach d => Print(d.Operand, level),
        Select s => Choice(s, level),
        Unary u => Print(u, level),
        Binary b => Print(b, level),
        _ => throw new InvalidOperationException($"No formula of {e.GetType().Name}."),
    };

    private static string Choice(Select s, int level) => (s.When, s.Then, s.Else) switch
    {
        (_, Const { Value: 1 }, Const { Value: 0 }) => $"[{Print(s.When)}]",
        (Compare { Op: CompareOp.Less or CompareOp.LessOrEqual } c, Const then, var other) when c.Right.Equals(then) && c.Left.Equals(other) => Largest(other, then),
        (Compare { Op: CompareOp.Greater } c, var then, Const other) when c.Right.Equals(other) && c.Left.Equals(then) => Largest(then, other),
        _ => Parenthesize($"{Print(s.When)} ? {Print(s.Then, SumLevel)} : {Print(s.Else, SumLevel)}", 0, level),
    };

    private static string Largest(Expr x, Expr bound) => $"max({Print(x, 0)}, {Print(bound, 0)})";

    private static string Print(Unary u, int level) => u.Op switch
    {
        UnaryOp.Negate => Parenthesize("−" + Print(u.Operand, UnaryLevel), UnaryLevel, level),
        UnaryOp.Abs => $"|{Print(u.Operand, 0)}|",
        UnaryOp.Sigmoid => $"σ({Print(u.Operand, 0)})",
        UnaryOp.Sqrt => Parenthesize($"√{Print(u.Operand, Atom)}", UnaryLevel, level),
        UnaryOp.Log1p => $"log(1 + {Print(u.Operand, SumLevel)})",
        UnaryOp.Expm1 => Parenthesize($"exp({Print(u.Operand, 0)}) − 1", SumLevel, level),
        _ => $"{u.Op.ToString().ToLowerInvariant()}({Print(u.Operand, 0)})",
    };

    private static string Print(Binary b, int level) => b.Op switch
    {
        BinaryOp.Add => Parenthesize($"{Print(b.Left, SumLevel)} + {Print(b.Right, SumLevel)}", SumLevel, level),
        BinaryOp.Subtract => Parenthesize($"{Print(b.Left, SumLevel)} − {Print(b.Right, ProductLevel)}", SumLevel, level),
        BinaryOp.Multiply when b.Left.Equals(b.Right) => Parenthesize($"{Print(b.Left, Atom)}²", ProductLevel, level),
        BinaryOp.Multiply => Parenthesize($"{Print(b.Left, ProductLevel)}·{Print(b.Right, StartsWithMinus(b.Right) ? Atom : ProductLevel)}", ProductLevel, level),
        BinaryOp.Divide => Parenthesize($"{Print(b.Left, ProductLevel)}/{Print(b.Right, UnaryLevel)}", ProductLevel, level),
        _ => $"{Print(b.Left, Atom)}^{Print(b.Right, Atom)}",
    };

    private static bool StartsWithMinus(Expr e) => e is Unary { Op: UnaryOp.Negate } || (e is Binary { Op: BinaryOp.Multiply } product && StartsWithMinus(product.Left));

    private static string Print(Pred p) => p switch
    {
        And a => $"{Print(a.Left)} ∧ {Print(a.Right)}",
        Not n => $"¬({Print(n.Operand)})",
        Compare c => $"{Print(c.Left, SumLevel)} {Sign(c.Op)} {Print(c.Right, SumLevel)}",
        _ => throw new InvalidOperationException($"No formula of {p.GetType().Name}."),
    };

    private static string Sign(CompareOp op) => op switch
    {
        CompareOp.Equal => "=",
        CompareOp.Greater => ">",
        CompareOp.GreaterOrEqual => "≥",
        CompareOp.Less => "<",
        _ => "≤",
    };

    private static string Parenthesize(string text, int own, int level) => own < level ? $"({text})" : text;
}
