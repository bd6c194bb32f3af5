using System;
using System.Linq;
using BackpropGen.Runtime;

namespace BackpropGen.Tests.Runtime;

/// <summary>A function of VectorMath, with the truth in double that it and the registers' function of its name are held against.</summary>
public sealed partial record ReferenceFunction(string Name, Func<float, float> Scalar, Func<double, double> Truth)
{
    /// <summary>Every function of VectorMath.</summary>
    public static readonly ReferenceFunction[] All =
    [
        new("Exp", VectorMath.Exp, Math.Exp),
        new("Log", VectorMath.Log, Math.Log),
        new("Log1p", VectorMath.Log1p, Log1p),
        new("Expm1", VectorMath.Expm1, Expm1),
        new("Tanh", VectorMath.Tanh, Math.Tanh),
        new("Sigmoid", VectorMath.Sigmoid, Sigmoid),
        new("Erf", VectorMath.Erf, Erf),
        new("Sin", VectorMath.Sin, Math.Sin),
        new("Cos", VectorMath.Cos, Math.Cos),
        new("Sqrt", VectorMath.Sqrt, Math.Sqrt),
        new("Abs", VectorMath.Abs, Math.Abs),
        new("Sign", VectorMath.Sign, x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)),
    ];

    /// <summary>Where functions change their course: limits, the ends of the vector forms' pieces, denormals, with both signs; and NaN.</summary>
    public static readonly float[] Edges = [.. PositiveEdges().Concat(PositiveEdges().Select(x => -x)), float.NaN];

    // 2⁻¹²⁶, and the float after the largest, 2¹²⁸, in place of ∞.
    private const double SmallestNormal = 1.1754943508222875e-38;
    private const double Limit = 3.4028236692093846e38;
    private const long ExponentBits = 0x7FF0000000000000;

    public static ReferenceFunction Find(string name) => All.Single(function => function.Name == name);

    /// <summary>A register's function of this name.</summary>
    public Func<T, T> Of<T>()
        where T : struct, IFloats<T> =>
        typeof(T).GetMethod(Name, [typeof(T)])?.CreateDelegate<Func<T, T>>()
        ?? throw new InvalidOperationException($"{typeof(T).Name} has no function {Name}; IFloats has to have every function of VectorMath.");

    /// <summary>The error of a result, in units of the last place of the true value's float (of the smallest denormal at least).</summary>
    public static double ErrorInUlp(float actual, double truth)
    {
        double difference = Difference(actual, truth);
        return difference == 0 ? 0 : difference / Ulp(truth);
    }

    /// <summary>The error of a result relative to the true value; 0 where that is denormal, for there only ulp count.</summary>
    public static double RelativeError(float actual, double truth)
    {
        double difference = Difference(actual, truth);
        double size = Math.Abs(truth);
        return difference == 0 || size < SmallestNormal ? 0 : difference / Math.Min(size, Limit);
    }

    private static float[] PositiveEdges() =>
    [
        0f, float.Epsilon, 1e-42f, 1.1754942e-38f, 1.17549435e-38f, 1e-20f, 9.9e-9f, 1.01e-8f, 0.25f, 0.34657f, 0.3466f, 0.5f, 0.70710677f,
        0.70710683f, 0.99999994f, 1f, 1.0000001f, 1.4142135f, 1.4142137f, 1.5707963f, 3.1415927f, 1.8f, 1.8000001f, 3f, 3.0000002f, 3.95f, 3.9500003f, 9.01f, 9.05f, 10f, 17.3f, 25f,
        87.3f, 87.34f, 88.72283f, 88.72284f, 89f, 100f, 103.9f, 104f, 105f, 16777216f, 33554432f, 6433f, 6433.0005f, 1048576f, 1048577f, 1e10f, 1.7014118e38f,
        float.MaxValue, float.PositiveInfinity,
    ];

    private static double Difference(float actual, double truth)
    {
        if (float.IsNaN(actual) || double.IsNaN(truth))
        {
            return float.IsNaN(actual) && double.IsNaN(truth) ? 0 : double.PositiveInfinity;
        }

        return Math.Abs(Math.Clamp(actual, -Limit, Limit) - Math.Clamp(truth, -Limit, Limit));
    }

    private static double Ulp(double truth)
    {
        double size = Math.Clamp(Math.Abs(truth), SmallestNormal, Limit / 2);
        return BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(size) & ExponentBits) - (23L << 52));
    }

    private static double Log1p(double x)
    {
        // W. Kahan's way: the error of the sum cancels in the quotient.
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) || sum <= 0 ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    private static double Expm1(double x)
    {
        if (!(Math.Abs(x) < 0.5))
        {
            return Math.Exp(x) - 1;
        }

        double term = x;
        double sum = x;
        for (int k = 2; Math.Abs(term) > Math.Abs(sum) * 1e-18; k++)
        {
            term *= x / k;
            sum += term;
        }

        return sum;
    }

    private static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>Abramowitz and Stegun 7.1.6: 2/√π·e^−x²·Σ 2^k·x^(2k+1)/(2k + 1)!!, whose terms are all of one sign.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x;
        double sum = x;
        for (int k = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; k++)
        {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
