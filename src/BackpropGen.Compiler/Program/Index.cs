using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Where a tensor is read or written along one of its dimensions: Σ cᵢ·axisᵢ + c₀.</summary>
internal sealed record Index(EquatableArray<IndexTerm> Terms, int Constant)
{
    /// <summary>The axis that this index is, or null where it is more than a letter.</summary>
    public Axis? Pure => Constant == 0 && Terms.Count == 1 && Terms[0].Coefficient == 1 ? Terms[0].Axis : null;

    public static implicit operator Index(Axis axis) => new(new[] { new IndexTerm(1, axis) }.ToEquatableArray(), 0);

    public static implicit operator Index(int constant) => new(default, constant);

    public static Index operator +(Index left, Index right)
    {
        var sum = left.Terms.ToList();
        foreach (IndexTerm term in right.Terms)
        {
            int at = sum.FindIndex(t => t.Axis.Equals(term.Axis));
            if (at < 0)
            {
                sum.Add(term);
            }
            else
            {
                sum[at] = new IndexTerm(sum[at].Coefficient + term.Coefficient, term.Axis);
            }
        }

        return new Index(sum.Where(t => t.Coefficient != 0).ToEquatableArray(), left.Constant + right.Constant);
    }

    public static Index operator -(Index left, Index right) => left + (-1 * right);

    public static Index operator *(int factor, Index index) =>
        new(index.Terms.Select(t => new IndexTerm(factor * t.Coefficient, t.Axis)).Where(t => t.Coefficient != 0).ToEquatableArray(), factor * index.Constant);

    public int CoefficientOf(Axis axis) => Terms.FirstOrDefault(t => t.Axis.Equals(axis)).Coefficient;

    public Index Substitute(Func<Axis, Index> replacement)
    {
        Index result = Constant;
        foreach (IndexTerm term in Terms)
        {
            result += term.Coefficient * replacement(term.Axis);
        }

        return result;
    }

    public IEnumerable<Axis> Axes => Terms.Select(t => t.Axis);

    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        foreach (IndexTerm term in Terms)
        {
            int size = Math.Abs(term.Coefficient);
            text.Append(term.Coefficient < 0 ? "−" : text.Length > 0 ? "+" : string.Empty);
            text.Append(size == 1 ? string.Empty : size.ToString(CultureInfo.InvariantCulture)).Append(term.Axis.Letter);
        }

        if (Constant != 0 || text.Length == 0)
        {
            text.Append(Constant < 0 ? "−" : text.Length > 0 ? "+" : string.Empty).Append(Math.Abs(Constant).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}

internal readonly record struct IndexTerm(int Coefficient, Axis Axis);
