using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>
/// The instructions for registers of 512 bits that the library calls by name, lane by lane, as they are defined in Intel's Software
/// Developer's Manual, volume 2. It takes the place of the framework's class of that name where the library is compiled for a machine that is
/// emulated: see <see cref="Compiler.Tests.EmulatedLibrary"/>, which reads this file.
/// </summary>
public static class Avx512F
{
    public static bool IsSupported => true;

    public static Vector512<float> FusedMultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    /// <summary>The second where either is NaN, or both are 0.</summary>
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Lanes((a, b), static (x, i) => x.a[i] < x.b[i] ? x.a[i] : x.b[i]);

    /// <summary>The second where either is NaN, or both are 0.</summary>
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Lanes((a, b), static (x, i) => x.a[i] > x.b[i] ? x.a[i] : x.b[i]);

    public static Vector512<float> PermuteVar16x32(Vector512<float> values, Vector512<int> lanes) => Lanes((values, lanes), static (x, i) => x.values[x.lanes[i] & 15]);

    public static Vector512<int> PermuteVar16x32(Vector512<int> values, Vector512<int> lanes) => PermuteVar16x32(values.AsSingle(), lanes).AsInt32();

    /// <summary>In each quarter its own lanes.</summary>
    public static Vector512<float> PermuteVar4x32(Vector512<float> values, Vector512<int> lanes) => Lanes((values, lanes), static (x, i) => x.values[(i / 4 * 4) + (x.lanes[i] & 3)]);

    public static Vector512<float> PermuteVar16x32x2(Vector512<float> lower, Vector512<int> lanes, Vector512<float> upper) =>
        Lanes((lower, lanes, upper), static (x, i) => ((x.lanes[i] & 16) == 0 ? x.lower : x.upper)[x.lanes[i] & 15]);

    /// <summary>In each quarter the first two lanes of both, in turn.</summary>
    public static Vector512<float> UnpackLow(Vector512<float> a, Vector512<float> b) => Lanes((a, b), static (x, i) => (i % 2 == 0 ? x.a : x.b)[(i / 4 * 4) + (i % 4 / 2)]);

    /// <summary>In each quarter the last two lanes of both, in turn.</summary>
    public static Vector512<float> UnpackHigh(Vector512<float> a, Vector512<float> b) => Lanes((a, b), static (x, i) => (i % 2 == 0 ? x.a : x.b)[(i / 4 * 4) + 2 + (i % 4 / 2)]);

    public static Vector512<double> UnpackLow(Vector512<double> a, Vector512<double> b) => Vector512.Create(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6]);

    public static Vector512<double> UnpackHigh(Vector512<double> a, Vector512<double> b) => Vector512.Create(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7]);

    public static Vector512<float> GetExponent(Vector512<float> x) => Lanes(x, static (x, i) => Exponent(x[i]));

    public static Vector512<float> GetMantissa(Vector512<float> x, byte control) => Lanes((x, control), static (given, i) => Mantissa(given.x[i], given.control));

    public static Vector512<float> Scale(Vector512<float> value, Vector512<float> power) => Lanes((value, power), static (x, i) => Scale(x.value[i], x.power[i]));

    // ⌊log2|x|⌋, of denormals too.
    private static float Exponent(float x) =>
        float.IsNaN(x) ? x : float.IsInfinity(x) ? float.PositiveInfinity : x == 0 ? float.NegativeInfinity : MathF.ILogB(x);

    // The one interval and the one treatment of signs that the library asks for.
    private static float Mantissa(float x, byte control)
    {
        if (control != 0b1111)
        {
            throw new NotSupportedException("[¾, 1½), and NaN below 0, is all that is emulated.");
        }

        if (float.IsNaN(x) || x < 0)
        {
            return float.NaN;
        }

        if (x == 0 || float.IsInfinity(x))
        {
            return 1;
        }

        float mantissa = MathF.ScaleB(x, -MathF.ILogB(x));
        return mantissa < 1.5f ? mantissa : mantissa / 2;
    }

    // A float times any power of two that matters is exact in double, so that this is rounded once.
    private static float Scale(float value, float power) => (float)(value * Math.Pow(2, Math.Floor(power)));

    private static Vector512<float> Lanes<T>(T given, Func<T, int, float> lane)
    {
        Vector512<float> result = default;
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            Unsafe.Add(ref Unsafe.As<Vector512<float>, float>(ref result), i) = lane(given, i);
        }

        return result;
    }

    /// <summary>The same for shorter registers.</summary>
    public static class VL
    {
        public static bool IsSupported => true;

        public static Vector256<float> GetExponent(Vector256<float> x) => Avx512F.GetExponent(Wide(x)).GetLower();

        public static Vector128<float> GetExponent(Vector128<float> x) => GetExponent(Wide(x)).GetLower();

        public static Vector256<float> GetMantissa(Vector256<float> x, byte control) => Avx512F.GetMantissa(Wide(x), control).GetLower();

        public static Vector128<float> GetMantissa(Vector128<float> x, byte control) => GetMantissa(Wide(x), control).GetLower();

        public static Vector256<float> Scale(Vector256<float> value, Vector256<float> power) => Avx512F.Scale(Wide(value), Wide(power)).GetLower();

        public static Vector128<float> Scale(Vector128<float> value, Vector128<float> power) => Scale(Wide(value), Wide(power)).GetLower();

        private static Vector512<float> Wide(Vector256<float> x) => Vector512.Create(x, x);

        private static Vector256<float> Wide(Vector128<float> x) => Vector256.Create(x, x);
    }
}
