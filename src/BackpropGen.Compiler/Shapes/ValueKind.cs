using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>What the values that a layer gives are: it decides which losses fit behind it.</summary>
internal enum ValueKind
{
    /// <summary>Any numbers.</summary>
    Numbers,

    /// <summary>Each by itself between 0 and 1: the probability of something.</summary>
    Probabilities,

    /// <summary>Between 0 and 1, with sum 1 over the classes.</summary>
    Distribution,

    /// <summary>The logarithms of a distribution.</summary>
    LogProbabilities,
}

internal static class ValueKinds
{
    /// <summary>As the object of a sentence, with the size of a sample where it is known.</summary>
    public static string InWords(this ValueKind kind, Shape? shape)
    {
        string size = shape is null ? string.Empty : $" [{shape}]";
        string classes = shape is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, " over {0} classes", shape.Classes);
        return kind switch
        {
            ValueKind.Probabilities => "probabilities" + size,
            ValueKind.Distribution => "a distribution" + classes,
            ValueKind.LogProbabilities => "log-probabilities" + size,
            _ => "any numbers" + size,
        };
    }
}
