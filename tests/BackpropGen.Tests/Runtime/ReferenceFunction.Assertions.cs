using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Runtime;

// What only tests need; the benchmarks share the rest.
public sealed partial record ReferenceFunction
{
    /// <summary>For theories, which each function is a case of.</summary>
    public static TheoryData<string> Names => [.. All.Select(function => function.Name)];

    // What the library promises.
    private const double Promised = 4e-7;

    /// <summary>Holds a result against the truth: a denormal one to one unit in the last place and its rounding, any other to what is promised.</summary>
    /// <remarks>A sigmoid's power of two is rounded: over all its denormal results the largest error is 1.56 units.</remarks>
    public void AssertClose(float x, float actual)
    {
        double truth = Truth(x);
        bool isClose = Math.Abs(truth) < SmallestNormal
            ? ErrorInUlp(actual, truth) <= (Name == "Sigmoid" ? 1.56 : 1.001)
            : RelativeError(actual, truth) <= Promised;
        if (!isClose)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{Name}({x:R}) = {actual:R}, and should be {truth:R}"));
        }
    }
}
