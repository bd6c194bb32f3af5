using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class Floats128Tests : FloatsTests<Floats128>;

public sealed class Floats256Tests : FloatsTests<Floats256>;

public sealed class Floats512Tests : FloatsTests<Floats512>;

/// <summary>
/// The vocabulary of generated code against scalar arithmetic, lane by lane and to the bit, for every width: also for those that the machine
/// does not have, where the runtime puts them together from what there is.
/// </summary>
public abstract class FloatsTests<T>
    where T : struct, IFloats<T>
{
    // Signs, ties, what overflows and underflows in products, and what differs in the last bit.
    private static readonly float[] Numbers =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, -1.17549435e-38f, 1e-20f, 0.1f, -0.5f, 0.99999994f, 1f, -1f, 1.0000001f, 3f, -7.25f,
        16777216f, -16777217f, 1e20f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static readonly float[] Ascending = [.. Enumerable.Range(1, T.Count).Select(i => (float)i)];

    [Fact]
    public void Load_and_store_count_floats_from_any_place()
    {
        float[] values = [.. Enumerable.Range(0, 3 * T.Count).Select(i => i + 0.5f)];
        for (int start = 0; start <= 2 * T.Count; start++)
        {
            float[] expected = values[start..(start + T.Count)];
            AssertSame(expected, T.Load(ref values[0], start));
            AssertSame(expected, T.Load(ref values[start], 0));
            AssertSame(expected, T.Load(ref values[^1], start - values.Length + 1));

            float[] written = new float[values.Length];
            T.Load(ref values[0], start).Store(ref written[T.Count], start - T.Count);
            Assert.Equal([.. new float[start], .. expected, .. new float[2 * T.Count - start]], written);
        }
    }

    [Fact]
    public void Every_bit_pattern_survives_load_and_store()
    {
        foreach (float[] values in InEveryLane([.. Numbers, BitConverter.UInt32BitsToSingle(0x7F812345), BitConverter.UInt32BitsToSingle(0xFFC54321)]))
        {
            Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), Lanes(Of(values)).Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void One_value_reaches_every_lane()
    {
        float[] values = [.. Numbers];
        for (int i = 0; i < values.Length; i++)
        {
            AssertSame(Repeat(values[i]), T.Create(values[i]));
            AssertSame(Repeat(values[i]), T.Broadcast(ref values[0], i));
            AssertSame(Repeat(values[i]), T.Broadcast(ref values[^1], i - values.Length + 1));
        }

        AssertSame(Repeat(0), T.Zero);
        AssertSame(Repeat(1), T.One);
    }

    [Fact]
    public void Index_counts_on_from_its_start()
    {
        foreach (int start in new[] { 0, 1, -T.Count, -100, 1_000_003, 16_777_217 - T.Count, -16_777_216 })
        {
            AssertSame([.. Enumerable.Range(start, T.Count).Select(i => (float)i)], T.Index(start));
        }
    }

    [Fact]
    public void Arithmetic_is_that_of_a_float()
    {
        AssertEveryPair((a, b) => a + b, (a, b) => a + b);
        AssertEveryPair((a, b) => a - b, (a, b) => a - b);
        AssertEveryPair((a, b) => a * b, (a, b) => a * b);
        AssertEveryPair((a, b) => a / b, (a, b) => a / b);
        AssertEveryPair((a, _) => -a, (a, _) => -a);
        foreach (float factor in Numbers)
        {
            AssertEveryPair((a, _) => factor * a, (a, _) => factor * a);
        }
    }

    [Fact]
    public void A_comparison_sets_all_bits_where_it_holds_and_never_holds_for_NaN()
    {
        AssertEveryPair((a, b) => a > b, (a, b) => Condition(a > b));
        AssertEveryPair((a, b) => a >= b, (a, b) => Condition(a >= b));
        AssertEveryPair((a, b) => a < b, (a, b) => Condition(a < b));
        AssertEveryPair((a, b) => a <= b, (a, b) => Condition(a <= b));
        AssertEveryPair(T.Equal, (a, b) => Condition(a == b));

        // NaN is what all set bits are: only the bits tell it from a condition.
        foreach (float[] values in InEveryLane([float.NaN, 1]))
        {
            uint[] expected = [.. values.Select(value => float.IsNaN(value) ? 0 : uint.MaxValue)];
            Assert.Equal(expected, Lanes(T.Equal(Of(values), Of(values))).Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void Conditions_combine_by_their_bits()
    {
        foreach (float[] a in InEveryLane([Condition(true), Condition(false), Condition(false)]))
        {
            foreach (float[] b in InEveryLane([Condition(true), Condition(false)]))
            {
                AssertSameBits([.. a.Zip(b, (x, y) => Condition(Holds(x) && Holds(y)))], Of(a) & Of(b));
                AssertSameBits([.. a.Select(x => Condition(!Holds(x)))], ~Of(a));
            }
        }
    }

    [Fact]
    public void Choose_takes_each_lane_from_its_side_bit_by_bit()
    {
        foreach (float[] yes in InEveryLane(Numbers))
        {
            float[] no = [.. yes.Reverse()];
            foreach (float[] condition in InEveryLane([Condition(true), Condition(false), Condition(false)]))
            {
                float[] expected = [.. Enumerable.Range(0, T.Count).Select(lane => Holds(condition[lane]) ? yes[lane] : no[lane])];
                AssertSameBits(expected, T.Choose(Of(condition), Of(yes), Of(no)));
            }
        }
    }

    [Fact]
    public void MultiplyAdd_rounds_once_or_twice_and_alike_in_every_lane()
    {
        float[] numbers = [.. Numbers, 1.0000002f, -1.0000004f];
        foreach (float third in numbers)
        {
            var results = new Dictionary<(float, float), int>();
            foreach ((float[] a, float[] b) in PairsInEveryLane(numbers))
            {
                float[] actual = Lanes(T.MultiplyAdd(Of(a), Of(b), T.Create(third)));
                for (int lane = 0; lane < T.Count; lane++)
                {
                    int bits = Bits(actual[lane]);
                    Assert.Contains(bits, new[] { Bits(MathF.FusedMultiplyAdd(a[lane], b[lane], third)), Bits(TwiceRounded(a[lane], b[lane], third)) });
                    (float, float) pair = (a[lane], b[lane]);
                    if (IsWritable(pair))
                    {
                        Assert.True(!results.TryGetValue(pair, out int other) || other == bits, $"{pair} and {third} give {bits:X8} and {other:X8}");
                        results[pair] = bits;
                    }
                }
            }
        }

        // As a key, −0 is 0 as a value is not.
        static bool IsWritable((float A, float B) pair) => pair.A != 0 && pair.B != 0;
    }

    [Fact]
    public void The_larger_of_two_is_NaN_if_either_is() => AssertEveryPair(T.Max, Scalars.Max);

    [Fact]
    public void Functions_of_one_instruction_are_exact()
    {
        AssertEveryPair((a, _) => T.Sqrt(a), (a, _) => MathF.Sqrt(a));
        AssertEveryPair((a, _) => T.Abs(a), (a, _) => MathF.Abs(a));
        AssertEveryPair((a, _) => T.Sign(a), (a, _) => VectorMath.Sign(a));
    }

    [Fact]
    public void The_sum_has_every_lane_once()
    {
        Assert.Equal(Ascending.Sum(), T.Sum(Of(Ascending)));
        for (int lane = 0; lane < T.Count; lane++)
        {
            Assert.Equal(-7.25f, T.Sum(Of(With(lane, -7.25f, Repeat(0)))));
            Assert.Equal(float.PositiveInfinity, T.Sum(Of(With(lane, float.PositiveInfinity, Ascending))));
            Assert.Equal(float.NaN, T.Sum(Of(With(lane, float.NaN, Ascending))));
        }
    }

    [Fact]
    public void The_largest_is_found_in_every_lane_and_NaN_wins()
    {
        for (int lane = 0; lane < T.Count; lane++)
        {
            Assert.Equal(100, T.Max(Of(With(lane, 100, Ascending))));
            Assert.Equal(-1, T.Max(Of(With(lane, -1, Repeat(float.NegativeInfinity)))));
            Assert.Equal(float.NaN, T.Max(Of(With(lane, float.NaN, Ascending))));
            Assert.Equal(float.NaN, T.Max(Of(With(lane, float.NaN, Repeat(float.PositiveInfinity)))));
            Assert.Equal(float.NaN, T.Max(Of(With(lane, 0, Repeat(float.NaN)))));
        }

        Assert.Equal(float.NegativeInfinity, T.Max(T.Create(float.NegativeInfinity)));
    }

    [Fact]
    public void The_total_keeps_what_a_float_would_lose()
    {
        Assert.Equal(float.MaxValue * (double)T.Count, T.Total(T.Create(float.MaxValue)));
        for (int lane = 0; lane < T.Count; lane++)
        {
            Assert.Equal(16_777_216d + T.Count - 1, T.Total(Of(With(lane, 16_777_216, Repeat(1)))));
            float[] cancelling = With(lane, 1e9f, Repeat(0.125f));
            cancelling[(lane + 1) % T.Count] = -1e9f;
            Assert.Equal(0.125 * (T.Count - 2), T.Total(Of(cancelling)));
            Assert.Equal(float.Epsilon, T.Total(Of(With(lane, float.Epsilon, Repeat(0)))));
            Assert.Equal(double.NaN, T.Total(Of(With(lane, float.NaN, Ascending))));
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceFunction.Names), MemberType = typeof(ReferenceFunction))]
    public void A_function_is_its_scalar_in_every_lane(string name)
    {
        ReferenceFunction reference = ReferenceFunction.Find(name);
        Func<T, T> function = Function(name);
        foreach (float[] values in InEveryLane(ReferenceFunction.Edges))
        {
            float[] results = Lanes(function(Of(values)));
            for (int lane = 0; lane < T.Count; lane++)
            {
                float x = values[lane];
                reference.AssertClose(x, results[lane]);
                Assert.Equal(Bits(Lanes(function(T.Create(x)))[lane]), Bits(results[lane]));

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
    public void A_function_is_as_exact_as_promised_where_networks_live(string name)
    {
        ReferenceFunction reference = ReferenceFunction.Find(name);
        Func<T, T> function = Function(name);
        for (int i = -4096; i < 4096; i += T.Count)
        {
            float[] values = [.. Enumerable.Range(i, T.Count).Select(k => k * 0.0049f)];
            float[] results = Lanes(function(Of(values)));
            for (int lane = 0; lane < T.Count; lane++)
            {
                reference.AssertClose(values[lane], results[lane]);
            }
        }
    }

    private static Func<T, T> Function(string name) => name switch
    {
        "Exp" => T.Exp,
        "Log" => T.Log,
        "Log1p" => T.Log1p,
        "Expm1" => T.Expm1,
        "Tanh" => T.Tanh,
        "Sigmoid" => T.Sigmoid,
        "Erf" => T.Erf,
        "Sin" => T.Sin,
        "Cos" => T.Cos,
        "Sqrt" => T.Sqrt,
        "Abs" => T.Abs,
        "Sign" => T.Sign,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "IFloats has no such function; add it here."),
    };

    private static void AssertEveryPair(Func<T, T, T> operation, Func<float, float, float> scalar)
    {
        foreach ((float[] a, float[] b) in PairsInEveryLane(Numbers))
        {
            AssertSame([.. a.Zip(b, scalar)], operation(Of(a), Of(b)));
        }
    }

    /// <summary>Rows of lanes in which every value stands in every lane once.</summary>
    private static IEnumerable<float[]> InEveryLane(float[] values) =>
        values.Select((_, first) => Enumerable.Range(first, T.Count).Select(i => values[i % values.Length]).ToArray());

    /// <summary>Pairs of rows in which every pair of values stands in every lane once.</summary>
    private static IEnumerable<(float[] A, float[] B)> PairsInEveryLane(float[] values) =>
        from a in InEveryLane(values) from b in InEveryLane(values) select (a, b);

    private static T Of(float[] lanes)
    {
        Assert.Equal(T.Count, lanes.Length);
        return T.Load(ref lanes[0], 0);
    }

    private static float[] Lanes(T value)
    {
        float[] lanes = new float[T.Count];
        value.Store(ref lanes[0], 0);
        return lanes;
    }

    private static float[] Repeat(float value) => [.. Enumerable.Repeat(value, T.Count)];

    private static float[] With(int lane, float value, float[] others)
    {
        float[] lanes = [.. others];
        lanes[lane] = value;
        return lanes;
    }

    // A variable between, so that no compiler makes one operation of the two.
    private static float TwiceRounded(float a, float b, float c)
    {
        float product = (float)((double)a * b);
        return product + c;
    }

    private static float Condition(bool holds) => BitConverter.UInt32BitsToSingle(holds ? uint.MaxValue : 0);

    private static bool Holds(float condition) => BitConverter.SingleToUInt32Bits(condition) == uint.MaxValue;

    /// <summary>Bits, for −0 equals 0; and NaN in one bit pattern, but for the one that a condition is.</summary>
    private static int Bits(float x) => BitConverter.SingleToInt32Bits(float.IsNaN(x) && !Holds(x) ? float.NaN : x);

    private static void AssertSame(float[] expected, T actual) => Assert.Equal(expected.Select(Bits), Lanes(actual).Select(Bits));

    private static void AssertSameBits(float[] expected, T actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), Lanes(actual).Select(BitConverter.SingleToUInt32Bits));
}
