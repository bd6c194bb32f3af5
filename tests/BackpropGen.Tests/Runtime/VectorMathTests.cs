using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class VectorMath128Tests : VectorMathTests<Floats128>;

public sealed class VectorMath256Tests : VectorMathTests<Floats256>;

public sealed class VectorMath512Tests : VectorMathTests<Floats512>;

public sealed class VectorMath2x256Tests : VectorMathTests<Floats2x256>;

/// <summary>The functions for one float.</summary>
public class VectorMathTests
{
    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void A_scalar_is_as_exact_as_promised_over_all_floats(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        foreach (float x in Sample())
        {
            function.AssertClose(x, function.Scalar(x));
        }

        Assert.True(float.IsNaN(function.Scalar(float.NaN)));
    }

    /// <summary>Floats of all sizes, edges, and those that networks are made of; as many as fill registers of every width.</summary>
    internal static IEnumerable<float> Sample()
    {
        foreach (float x in ReferenceFunction.Edges)
        {
            yield return x;
        }

        // A prime, so that no bit stands still.
        for (uint bits = 0; bits < uint.MaxValue - 4099; bits += 4099)
        {
            yield return BitConverter.UInt32BitsToSingle(bits);
        }

        // Where networks live.
        for (int i = -40_000; i <= 40_000; i++)
        {
            yield return i * 0.0005f;
        }

        // Rests of the last incomplete vector.
        for (int i = 0; i < 16; i++)
        {
            yield return 1;
        }
    }
}

/// <summary>The functions for registers, of every width.</summary>
public abstract class VectorMathTests<T> : RegisterTests<T>
    where T : struct, IFloats<T>
{
    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void A_register_is_as_exact_as_promised_over_all_floats(string name)
    {
        ReferenceFunction reference = ReferenceFunction.Find(name);
        Func<T, T> function = reference.Of<T>();
        float[] results = new float[T.Count];
        foreach (float[] inputs in VectorMathTests.Sample().Chunk(T.Count).Where(inputs => inputs.Length == T.Count))
        {
            function(Of(inputs)).Store(ref results[0], 0);
            for (int lane = 0; lane < T.Count; lane++)
            {
                reference.AssertClose(inputs[lane], results[lane]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void Where_one_float_gives_0_or_comes_from_infinity_a_register_gives_the_same_bits(string name)
    {
        ReferenceFunction reference = ReferenceFunction.Find(name);
        foreach (float[] values in InEveryLane(ReferenceFunction.Edges))
        {
            float[] results = Lanes(reference.Of<T>()(Of(values)));
            for (int lane = 0; lane < T.Count; lane++)
            {
                float x = values[lane];
                float scalar = reference.Scalar(x);
                if (!float.IsFinite(x) || (scalar == 0 && results[lane] == 0))
                {
                    Assert.True(Bits(scalar) == Bits(results[lane]), string.Create(CultureInfo.InvariantCulture, $"{name}({x:R}) = {results[lane]:R}, and should be {scalar:R}"));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void No_lane_depends_on_its_place_or_its_neighbours(string name)
    {
        Func<T, T> function = ReferenceFunction.Find(name).Of<T>();
        float[] values = ReferenceFunction.Edges;
        foreach (float x in values)
        {
            int alone = Bits(Lanes(function(T.Create(x)))[0]);
            foreach (float neighbour in values)
            {
                float[] others = Repeat(neighbour);
                for (int lane = 0; lane < T.Count; lane++)
                {
                    Assert.Equal(alone, Bits(Lanes(function(Of(With(lane, x, others))))[lane]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void NaN_arrives_in_its_lane_and_in_no_other(string name)
    {
        Func<T, T> function = ReferenceFunction.Find(name).Of<T>();
        for (int lane = 0; lane < T.Count; lane++)
        {
            float[] results = Lanes(function(Of(With(lane, float.NaN, Repeat(0.5f)))));
            for (int other = 0; other < T.Count; other++)
            {
                Assert.Equal(other == lane, float.IsNaN(results[other]));
            }
        }
    }

    [Theory]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Exp", 89f, float.PositiveInfinity)]
    [InlineData("Exp", -104f, 0f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", -2f, float.NaN)]
    [InlineData("Log1p", float.NegativeInfinity, float.NaN)]
    [InlineData("Log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Expm1", float.NegativeInfinity, -1f)]
    [InlineData("Expm1", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    [InlineData("Sin", float.PositiveInfinity, float.NaN)]
    [InlineData("Cos", float.NegativeInfinity, float.NaN)]
    [InlineData("Cos", 0f, 1f)]
    [InlineData("Sqrt", -1f, float.NaN)]
    [InlineData("Sign", 0f, 0f)]
    [InlineData("Sign", -1e-45f, -1f)]
    [InlineData("Sign", float.PositiveInfinity, 1f)]
    public void Limits_are_exact(string name, float x, float expected)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        Assert.Equal(Bits(expected), Bits(function.Scalar(x)));
        Assert.Equal(Repeat(expected).Select(Bits), Lanes(function.Of<T>()(T.Create(x))).Select(Bits));
    }

    [Theory]
    [InlineData("Log1p")]
    [InlineData("Expm1")]
    [InlineData("Tanh")]
    [InlineData("Erf")]
    [InlineData("Sin")]
    [InlineData("Sqrt")]
    [InlineData("Sign")]
    public void Minus_zero_keeps_its_sign(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        Assert.Equal(Bits(-0f), Bits(function.Scalar(-0f)));
        Assert.Equal(Repeat(-0f).Select(Bits), Lanes(function.Of<T>()(T.Create(-0f))).Select(Bits));
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Exp")]
    public void What_is_small_stays_above_zero_to_the_last_denormal(string name)
    {
        Func<T, T> function = ReferenceFunction.Find(name).Of<T>();
        for (float x = -103.9f; x < -87; x += 0.1f)
        {
            float result = Lanes(function(T.Create(x)))[0];
            Assert.True(result > 0, string.Create(CultureInfo.InvariantCulture, $"{name}({x:R}) = {result:R}"));
        }
    }
}
