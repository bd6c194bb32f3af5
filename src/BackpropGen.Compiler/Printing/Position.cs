using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Where each letter stands: a variable of the emitted code and what is added to it.</summary>
internal sealed class Position
{
    // A handful of letters: an array is looked through faster than a table is copied.
    private readonly Place[] places;
    private readonly string? flat;

    public Position()
        : this([], null)
    {
    }

    private Position(Place[] places, string? flat)
    {
        this.places = places;
        this.flat = flat;
    }

    /// <summary>The same position with a letter so much further on.</summary>
    public Position Shift(Axis axis, int distance)
    {
        Place place = At(axis);
        return With(axis, place.Variable, place.Constant + distance, place.Suffix);
    }

    /// <summary>The same position with a letter further on by what is added as it stands.</summary>
    public Position Shift(Axis axis, string distance)
    {
        Place place = At(axis);
        return With(axis, place.Variable, place.Constant, distance);
    }

    /// <summary>The variables that letters stand at.</summary>
    public IEnumerable<string> Variables => places.Select(p => p.Variable).OfType<string>();

    /// <summary>All letters are one: every tensor is at the same offset.</summary>
    public static Position Flat(string variable) => new([], variable);

    /// <summary>The same position with a letter at <c>variable + constant</c>; <paramref name="suffix"/> is added as it stands.</summary>
    public Position With(Axis axis, string? variable, int constant = 0, string? suffix = null)
    {
        var place = new Place(axis, variable, constant, suffix);
        int known = Array.FindIndex(places, p => p.Axis.Equals(axis));
        if (known < 0)
        {
            return new Position([.. places, place], flat);
        }

        var changed = (Place[])places.Clone();
        changed[known] = place;
        return new Position(changed, flat);
    }

    /// <summary>The offset of an element, as C#: <c>n * 64 + k</c>.</summary>
    public string Offset(Tensor tensor, EquatableArray<Index> index)
    {
        if (flat is not null)
        {
            return flat;
        }

        var terms = new List<string>();
        int constant = 0;
        for (int d = 0; d < index.Count; d++)
        {
            int stride = Strides.Of(tensor, d);
            constant += Add(index[d], stride, terms);
        }

        return Sum(terms, constant);
    }

    /// <summary>How far an element is from where it is for another position that differs by constants, as C#.</summary>
    public string Distance(Position origin, Read read)
    {
        var terms = new List<string>();
        int constant = 0;
        for (int d = 0; d < read.At.Count; d++)
        {
            foreach (IndexTerm term in read.At[d].Terms)
            {
                int coefficient = term.Coefficient * Strides.Of(read.Tensor, d);
                constant += (At(term.Axis).Constant - origin.At(term.Axis).Constant) * coefficient;
                if (At(term.Axis).Suffix is { } suffix && origin.At(term.Axis).Suffix is null)
                {
                    terms.Add(Times(suffix, coefficient));
                }
            }
        }

        return Sum(terms, constant);
    }

    /// <summary>An index as C#.</summary>
    public string Value(Index index)
    {
        var terms = new List<string>();
        int constant = Add(index, 1, terms);
        return Sum(terms, constant);
    }

    private Place At(Axis axis)
    {
        foreach (Place place in places)
        {
            if (place.Axis.Equals(axis))
            {
                return place;
            }
        }

        throw new InvalidOperationException($"Nobody said where {axis.Letter} stands.");
    }

    private int Add(Index index, int stride, List<string> terms)
    {
        int constant = index.Constant * stride;
        foreach (IndexTerm term in index.Terms)
        {
            int coefficient = term.Coefficient * stride;
            (_, string? variable, int offset, string? suffix) = At(term.Axis);
            constant += offset * coefficient;
            foreach (string? part in new[] { variable, suffix })
            {
                if (part is not null)
                {
                    terms.Add(Times(part, coefficient));
                }
            }
        }

        return constant;
    }

    private static string Times(string factor, int coefficient) => coefficient == 1
        ? factor
        : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", factor.IndexOf(" ", StringComparison.Ordinal) >= 0 ? $"({factor})" : factor, coefficient);

    private static string Sum(List<string> terms, int constant)
    {
        string text = string.Join(" + ", terms);
        return constant == 0 && terms.Count > 0
            ? text
            : terms.Count == 0
                ? constant.ToString(CultureInfo.InvariantCulture)
                : string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", text, constant < 0 ? "-" : "+", Math.Abs(constant));
    }

    /// <param name="Axis">The letter.</param>
    /// <param name="Variable">The variable that it stands at.</param>
    /// <param name="Constant">What is added.</param>
    /// <param name="Suffix">What is added as it stands.</param>
    private readonly record struct Place(Axis Axis, string? Variable, int Constant, string? Suffix);
}
