using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Runs steps in double, one element after another, exactly as they are written: the truth that faster code is held against.</summary>
internal sealed class Interpreter(int samples)
{
    private readonly Dictionary<Tensor, double[]> memory = [];
    private readonly Dictionary<Axis, int> at = [];

    /// <summary>A tensor's values, row-major; zeros where nothing was written yet.</summary>
    public double[] this[Tensor tensor]
    {
        get
        {
            if (!memory.TryGetValue(tensor, out double[]? values))
            {
                values = new double[tensor.Extents.Aggregate(1, (size, e) => size * Length(e))];
                memory.Add(tensor, values);
            }

            return values;
        }
        set => memory[tensor] = value;
    }

    public void Run(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            if (step is Scan scan)
            {
                int length = Length(scan.Along.Extent);
                for (int i = 0; i < length; i++)
                {
                    at[scan.Along] = scan.Backwards ? length - 1 - i : i;
                    foreach (Statement statement in scan.Body)
                    {
                        Run(statement, statement.Free.Where(a => !a.Equals(scan.Along)).ToArray());
                    }
                }

                at.Remove(scan.Along);
            }
            else
            {
                var statement = (Statement)step;
                Run(statement, statement.Free);
            }
        }
    }

    private void Run(Statement statement, IReadOnlyList<Axis> free)
    {
        double[] target = this[statement.Target];
        ForEach(free, 0, () =>
        {
            double value = Evaluate(statement.Value);
            int element = Offset(statement.Target, statement.At);
            target[element] = statement.Store == Store.Accumulate ? target[element] + value : value;
        });
    }

    private double Evaluate(Fold fold)
    {
        double result = fold.Seed is null ? 0 : Evaluate(fold.Seed);
        switch (fold.Kind)
        {
            case ReduceKind.None:
                return result + Evaluate(fold.Body);
            case ReduceKind.Sum:
                ForEach(fold.Over, 0, () => result += Evaluate(fold.Body));
                return result;
            default:
                double best = double.NegativeInfinity;
                int index = 0;
                int i = 0;
                ForEach(fold.Over, 0, () =>
                {
                    double value = Evaluate(fold.Body);
                    if (value > best || (double.IsNaN(value) && !double.IsNaN(best)))
                    {
                        (best, index) = (value, i);
                    }

                    i++;
                });
                return fold.Kind == ReduceKind.Max ? best : index;
        }
    }

    private void ForEach(IReadOnlyList<Axis> axes, int depth, Action body)
    {
        if (depth == axes.Count)
        {
            body();
            return;
        }

        int length = Length(axes[depth].Extent);
        for (int i = 0; i < length; i++)
        {
            at[axes[depth]] = i;
            ForEach(axes, depth + 1, body);
        }

        at.Remove(axes[depth]);
    }

    private double Evaluate(Expr e) => e switch
    {
        Const c => c.Value,
        Read r => this[r.Tensor][Offset(r.Tensor, r.At)],
        IndexValue i => Value(i.Index),
        ExtentValue x => Length(x.Extent),
        Unary u => Evaluate(u.Op, Evaluate(u.Operand)),
        Binary b => Evaluate(b.Op, Evaluate(b.Left), Evaluate(b.Right)),
        Select s => Evaluate(Holds(s.When) ? s.Then : s.Else),
        Detach d => Evaluate(d.Operand),
        _ => throw new InvalidOperationException($"No value of {e.GetType().Name}."),
    };

    private bool Holds(Pred p) => p switch
    {
        And a => Holds(a.Left) && Holds(a.Right),
        Not n => !Holds(n.Operand),
        Compare c => Holds(c.Op, Evaluate(c.Left), Evaluate(c.Right)),
        _ => throw new InvalidOperationException($"No truth of {p.GetType().Name}."),
    };

    private static bool Holds(CompareOp op, double l, double r) => op switch
    {
        CompareOp.Equal => l == r,
        CompareOp.Greater => l > r,
        CompareOp.GreaterOrEqual => l >= r,
        CompareOp.Less => l < r,
        _ => l <= r,
    };

    private static double Evaluate(UnaryOp op, double x) => op switch
    {
        UnaryOp.Negate => -x,
        UnaryOp.Exp => Math.Exp(x),
        UnaryOp.Log => Math.Log(x),
        UnaryOp.Log1p => SpecialFunctions.Log1p(x),
        UnaryOp.Expm1 => SpecialFunctions.Expm1(x),
        UnaryOp.Sqrt => Math.Sqrt(x),
        UnaryOp.Abs => Math.Abs(x),
        UnaryOp.Sign => x > 0 ? 1 : x < 0 ? -1 : x,
        UnaryOp.Tanh => Math.Tanh(x),
        UnaryOp.Sigmoid => 1 / (1 + Math.Exp(-x)),
        UnaryOp.Erf => SpecialFunctions.Erf(x),
        UnaryOp.Sin => Math.Sin(x),
        UnaryOp.Cos => Math.Cos(x),
        _ => throw new InvalidOperationException($"No value of {op}."),
    };

    private static double Evaluate(BinaryOp op, double l, double r) => op switch
    {
        BinaryOp.Add => l + r,
        BinaryOp.Subtract => l - r,
        BinaryOp.Multiply => l * r,
        BinaryOp.Divide => l / r,
        BinaryOp.Power => Math.Pow(l, r),
        _ => throw new InvalidOperationException($"No value of {op}."),
    };

    private int Offset(Tensor tensor, EquatableArray<Index> index)
    {
        int offset = 0;
        for (int d = 0; d < index.Count; d++)
        {
            int length = Length(tensor.Extents[d]);
            int value = Value(index[d]);
            if (value < 0 || value >= length)
            {
                throw new InvalidOperationException($"{tensor.Symbol} is read at {value} of {length} along dimension {d}.");
            }

            offset = (offset * length) + value;
        }

        return offset;
    }

    private int Value(Index index)
    {
        int value = index.Constant;
        for (int i = 0; i < index.Terms.Count; i++)
        {
            value += index.Terms[i].Coefficient * at[index.Terms[i].Axis];
        }

        return value;
    }

    private int Length(Extent extent) => extent.IsConstant ? extent.Value : samples;
}
