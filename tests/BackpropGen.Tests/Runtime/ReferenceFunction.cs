using System;
using System.Numerics;
using BackpropGen.Runtime;

namespace BackpropGen.Tests.Runtime;

/// <summary>A function of VectorMath, for one float and for a vector, with the truth in double that it is held against.</summary>
public sealed record ReferenceFunction(string Name, Func<float, float> Scalar, Func<Vector<float>, Vector<float>> Vector, Func<double, double> Truth)
{
    /// <summary>Every function of VectorMath.</summary>
    public static readonly ReferenceFunction[] All =
    [
        new("Exp", VectorMath.Exp, VectorMath.Exp, Math.Exp),
        new("Log", VectorMath.Log, VectorMath.Log, Math.Log),
        new("Log1p", VectorMath.Log1p, VectorMath.Log1p, Log1p),
        new("Expm1", VectorMath.Expm1, VectorMath.Expm1, Expm1),
        new("Tanh", VectorMath.Tanh, VectorMath.Tanh, Math.Tanh),
        new("Sigmoid", VectorMath.Sigmoid, VectorMath.Sigmoid, Sigmoid),
        new("Erf", VectorMath.Erf, VectorMath.Erf, Erf),
        new("Sin", VectorMath.Sin, VectorMath.Sin, Math.Sin),
        new("Cos", VectorMath.Cos, VectorMath.Cos, Math.Cos),
        new("Sqrt", VectorMath.Sqrt, VectorMath.Sqrt, Math.Sqrt),
        new("Abs", VectorMath.Abs, VectorMath.Abs, Math.Abs),
        new("Sign", VectorMath.Sign, VectorMath.Sign, x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)),
    ];

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
        return difference == 0 || size < Math.ScaleB(1, -126) ? 0 : difference / Math.Min(size, Math.ScaleB(1, 128));
    }

    private static double Difference(float actual, double truth)
    {
        if (float.IsNaN(actual) || double.IsNaN(truth))
        {
            return float.IsNaN(actual) && double.IsNaN(truth) ? 0 : double.PositiveInfinity;
        }

        // Infinity is the float after the largest: 2^128.
        double limit = Math.ScaleB(1, 128);
        return Math.Abs(Math.Clamp(actual, -limit, limit) - Math.Clamp(truth, -limit, limit));
    }

    private static double Ulp(double truth)
    {
        int exponent = truth == 0 ? -126 : Math.Clamp(Math.ILogB(truth), -126, 127);
        return Math.ScaleB(1, exponent - 23);
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
