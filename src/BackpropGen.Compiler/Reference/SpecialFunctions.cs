using System;

namespace BackpropGen.Compiler;

/// <summary>What <see cref="Math"/> lacks on netstandard2.0, in double.</summary>
internal static class SpecialFunctions
{
    /// <summary>log(1 + x). Kahan's correction: the rounding of 1 + x is divided out.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>eˣ − 1. Kahan's correction, as for <see cref="Log1p"/>.</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>
    /// The error function: its Maclaurin series below 3, the continued fraction of erfc above (Abramowitz and Stegun 7.1.6 and 7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        double z = Math.Abs(x);
        double value;
        if (z < 3)
        {
            double term = z;
            double sum = z;
            for (int n = 1; n < 100 && Math.Abs(term) > 1e-17 * sum; n++)
            {
                term *= 2 * z * z / ((2 * n) + 1);
                sum += term;
            }

            value = 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
        }
        else if (z < 6)
        {
            double fraction = z;
            for (int n = 60; n > 0; n--)
            {
                fraction = z + (n / 2.0 / fraction);
            }

            value = 1 - (Math.Exp(-z * z) / Math.Sqrt(Math.PI) / fraction);
        }
        else
        {
            value = double.IsNaN(x) ? x : 1;
        }

        return x < 0 ? -value : value;
    }
}
