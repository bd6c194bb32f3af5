using System;
using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>
/// Initial values of parameters, the same bits on every machine and in every version: integers, IEEE additions, multiplications,
/// divisions and square roots only, for the mathematics library's logarithm differs from one system to the next.
/// </summary>
/// <remarks>Each tensor draws from a stream of its own, so that it keeps its values when another layer changes its size.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Initialization
{
    /// <summary>Fills a tensor with numbers uniform in [−<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    /// <param name="values">What is filled.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The tensor's number within the network.</param>
    /// <param name="bound">Not negative.</param>
    public static void Uniform(Span<float> values, int seed, int stream, float bound)
    {
        RandomStream random = new(seed, stream);
        for (int i = 0; i < values.Length; i++)
        {
            // 24 bits as a number in [−2²³, 2²³), exact in a float: the only rounding is that of the last multiplication.
            int number = (int)(random.Next() >> 40) - (1 << 23);
            values[i] = number * (1f / (1 << 23)) * bound;
        }
    }

    /// <summary>Fills a tensor with normally distributed numbers of mean 0.</summary>
    /// <remarks>The polar method: G. Marsaglia, T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6, 1964.</remarks>
    /// <param name="values">What is filled.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The tensor's number within the network.</param>
    /// <param name="standardDeviation">Not negative.</param>
    public static void Normal(Span<float> values, int seed, int stream, float standardDeviation)
    {
        RandomStream random = new(seed, stream);
        for (int i = 0; i < values.Length; i += 2)
        {
            // A point uniform in the unit disc without its centre.
            double u;
            double v;
            double s;
            do
            {
                u = random.NextSigned();
                v = random.NextSigned();
                s = u * u + v * v;
            }
            while (s >= 1 || s == 0);

            double scale = Math.Sqrt(-2 * Log(s) / s) * standardDeviation;
            values[i] = (float)(u * scale);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(v * scale);
            }
        }
    }

    /// <summary>Fills a tensor with zeros.</summary>
    /// <param name="values">What is filled.</param>
    public static void Zeros(Span<float> values) => values.Clear();

    /// <summary>
    /// The natural logarithm of a positive normal number: x = 2^e·m with m in [√½, √2), and log m = 2·artanh((m − 1)/(m + 1)) as its
    /// series, which the last term ends below 2⁻⁵⁴.
    /// </summary>
    internal static double Log(double x)
    {
        const double Ln2 = 0.69314718055994530942;
        const double Sqrt2 = 1.41421356237309504880;

        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m >= Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        double t = (m - 1) / (m + 1);
        double square = t * t;
        double series = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            series = series * square + 1.0 / k;
        }

        return exponent * Ln2 + 2 * t * series;
    }
}
