using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class VectorMathTests
{
    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void A_vector_is_as_exact_as_promised_over_all_floats(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        float[] inputs = new float[Vector<float>.Count];
        int filled = 0;
        foreach (float x in Sample())
        {
            inputs[filled++] = x;
            if (filled == inputs.Length)
            {
                filled = 0;
                Vector<float> results = function.Vector(new Vector<float>(inputs));
                for (int lane = 0; lane < inputs.Length; lane++)
                {
                    function.AssertClose(inputs[lane], results[lane]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void A_scalar_is_as_exact_as_promised_over_all_floats(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        foreach (float x in Sample())
        {
            function.AssertClose(x, function.Scalar(x));
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void No_lane_depends_on_its_place_or_its_neighbours(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        float[] values = ReferenceFunction.Edges;
        foreach (float neighbour in values)
        {
            foreach (float x in values)
            {
                int alone = BitConverter.SingleToInt32Bits(function.Vector(new Vector<float>(x))[0]);
                for (int lane = 0; lane < Vector<float>.Count; lane++)
                {
                    float[] inputs = new float[Vector<float>.Count];
                    Array.Fill(inputs, neighbour);
                    inputs[lane] = x;
                    Assert.Equal(alone, BitConverter.SingleToInt32Bits(function.Vector(new Vector<float>(inputs))[lane]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void NaN_arrives_in_its_lane_and_in_no_other(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            float[] inputs = new float[Vector<float>.Count];
            Array.Fill(inputs, 0.5f);
            inputs[lane] = float.NaN;
            Vector<float> results = function.Vector(new Vector<float>(inputs));
            for (int other = 0; other < inputs.Length; other++)
            {
                Assert.Equal(other == lane, float.IsNaN(results[other]));
            }
        }

        Assert.True(float.IsNaN(function.Scalar(float.NaN)));
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

        // By their bits, for −0 equals 0; and NaN in one bit pattern.
        Assert.Equal(Bits(expected), Bits(function.Scalar(x)));
        Assert.Equal(Bits(expected), Bits(function.Vector(new Vector<float>(x))[0]));
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
        Assert.Equal(Bits(-0f), Bits(function.Vector(new Vector<float>(-0f))[0]));
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Exp")]
    public void What_is_small_stays_above_zero_to_the_last_denormal(string name)
    {
        ReferenceFunction function = ReferenceFunction.Find(name);
        for (float x = -103.9f; x < -87; x += 0.1f)
        {
            float result = function.Vector(new Vector<float>(x))[0];
            Assert.True(result > 0, string.Create(CultureInfo.InvariantCulture, $"{name}({x:R}) = {result:R}"));
        }
    }

    private static int Bits(float x) => BitConverter.SingleToInt32Bits(float.IsNaN(x) ? float.NaN : x);

    private static IEnumerable<float> Sample()
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
        for (int i = 0; i < Vector<float>.Count; i++)
        {
            yield return 1;
        }
    }
}
