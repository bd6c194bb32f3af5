using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>What a layer's shape rule sees, and where it says what does not fit.</summary>
internal sealed class ShapeScope(int layer, string description, Shape? input, string? giver, Mend? earlierMend, List<ShapeError> errors)
{
    /// <summary>The shape that arrives; null where it is unknown, because something before is not understood.</summary>
    public Shape? Input { get; } = input;

    /// <summary>BPG011 where an argument is out of range.</summary>
    public void Require(bool holds, string argument, string expected, object given)
    {
        if (!holds)
        {
            errors.Add(new ShapeError(
                "BPG011",
                layer,
                argument,
                string.Format(CultureInfo.InvariantCulture, "{0}: {1} must be {2}, but is {3}", description, argument, expected, given),
                default));
        }
    }

    public void RequireSize(long value, string argument) => Require(value >= 1, argument, "at least 1", value);

    /// <summary>A rate, a decay, an epsilon: finite and not negative.</summary>
    public void RequireNotNegative(float value, string argument) =>
        Require(value >= 0 && !float.IsInfinity(value), argument, "a finite number that is not negative", value);

    public void RequireFinite(float value, string argument) =>
        Require(!float.IsNaN(value) && !float.IsInfinity(value), argument, "a finite number", value);

    /// <summary>A moving average's weight: in [0, 1).</summary>
    public void RequireFraction(float value, string argument) => Require(value is >= 0 and < 1, argument, "in [0, 1)", value);

    public void RequireDefined<TEnum>(TEnum value, string argument)
        where TEnum : struct, System.Enum =>
        Require(System.Enum.IsDefined(typeof(TEnum), value), argument, "a declared value of " + typeof(TEnum).Name, value);

    /// <summary>BPG017 where what arrives has not as many dimensions as the layer takes, whatever their sizes.</summary>
    /// <param name="dimensions">1 for a flat vector, 2 for a sequence, 3 for an image.</param>
    public void ExpectDimensions(int dimensions)
    {
        if (Input is not null && Input.Sizes.Count != dimensions)
        {
            errors.Add(new ShapeError(
                "BPG017",
                layer,
                null,
                $"{description} takes {Shape.InWords(dimensions)}, but {giver} before it gives {Shape.InWords(Input.Sizes.Count)} of {Input}",
                default));
        }
    }

    /// <summary>BPG010 where what arrives has not as many features as the layer takes.</summary>
    public void ExpectFeatures(int expected, string argument)
    {
        if (Input is null || expected < 1 || Input.Features == expected)
        {
            return;
        }

        string given = Input.Features.ToString(CultureInfo.InvariantCulture);
        var mends = new List<Mend> { new(MendKind.SetArgument, $"Let {description} take {given} {argument}", layer, argument, given) };
        if (earlierMend is { } mend)
        {
            string wanted = expected.ToString(CultureInfo.InvariantCulture);
            mends.Add(mend with { Title = $"Let {mend.Title} give {wanted} {mend.Argument}", Text = wanted });
        }

        errors.Add(new ShapeError(
            "BPG010",
            layer,
            argument,
            string.Format(CultureInfo.InvariantCulture, "{0} expects {1} features, but {2} before it gives {3}", description, expected, giver, given),
            mends.ToEquatableArray()));
    }
}
