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
    /// <summary>As the object of a sentence, with the size of a sample.</summary>
    public static string InWords(this ValueKind kind, Shape shape) => kind switch
    {
        ValueKind.Probabilities => $"probabilities [{shape}]",
        ValueKind.Distribution => string.Format(CultureInfo.InvariantCulture, "a distribution over {0} classes", shape.Classes),
        ValueKind.LogProbabilities => $"log-probabilities [{shape}]",
        _ => $"any numbers [{shape}]",
    };
}
