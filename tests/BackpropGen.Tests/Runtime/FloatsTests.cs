using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class Floats128Tests : FloatsTests<Floats128>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_lanes_are_all_that_is_read_and_written(int count)
    {
        const int Offset = 1;
        float[] elements = [5f, -0.3f];
        float[] memory = [7f, .. new float[] { 1.1f, -2.2f, 3.3f }.Take(count)]; // nothing behind them
        float[] first = [.. memory.Skip(Offset), .. new float[Floats128.Count - count]];
        Floats128 neighbours = Of(first), addend = Floats128.Index(3), element = Floats128.Create(elements[1]);
        Assert.Equal(first, Lanes(Floats128.LoadFirst(count, ref memory[0], Offset)));
        Assert.Equal(Lanes(element * neighbours), Lanes(Floats128.MultiplyFirst(count, ref elements[0], 1, ref memory[0], Offset)));
        Floats128 sum = Floats128.MultiplyAdd(element, neighbours, addend);
        Assert.Equal(Lanes(sum), Lanes(Floats128.MultiplyAddFirst(count, ref elements[0], 1, ref memory[0], Offset, addend)));
        Assert.Equal(Lanes(sum), Lanes(Floats128.MultiplyAddFirst(count, Of([9f, 8f, 7f, elements[1]]), 3, ref memory[0], Offset, addend)));

        float[] before = [1f, 2f, 3f, 4f, 5f], target = [.. before];
        addend.StoreFirst(count, ref target[0], Offset);
        Assert.Equal([1f, .. Lanes(addend).Take(count), .. before.Skip(1 + count)], target);
        Floats128.AddProductFirst(count, ref target[0], Offset, ref elements[0], 1, neighbours);
        Assert.Equal([1f, .. Lanes(sum).Take(count), .. before.Skip(1 + count)], target);
    }
}

public sealed class Floats256Tests : HalvesTests<Floats256, Floats128>;

public sealed class Floats512Tests : HalvesTests<Floats512, Floats256>;

public sealed class Floats2x256Tests : HalvesTests<Floats2x256, Floats256>;

/// <summary>The same of registers that have halves.</summary>
public abstract class HalvesTests<T, THalf> : FloatsTests<T>
    where T : struct, IFloats<T>, IHalves<T, THalf>
    where THalf : struct, IFloats<THalf>
{
    [Fact]
    public void The_first_lanes_are_stored_and_no_more()
    {
        T register = T.Index(3);
        for (int count = 1; count < T.Count; count++)
        {
            float[] target = [.. Enumerable.Repeat(-1f, T.Count + 2)];
            register.StoreFirst(count, ref target[0], 1);
            Assert.Equal([-1f, .. Lanes(register).Take(count), .. Enumerable.Repeat(-1f, T.Count + 1 - count)], target);
        }
    }
}

/// <summary>
/// The vocabulary of generated code against scalar arithmetic, lane by lane and to the bit, for every width: also for those that the machine
/// does not have, where the runtime puts them together from what there is.
/// </summary>
public abstract class FloatsTests<T> : RegisterTests<T>
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
                AssertSameBits([.. a.Zip(b, (x, y) => Condition(Holds(x) || Holds(y)))], Of(a) | Of(b));
                AssertSameBits([.. a.Zip(b, (x, y) => Condition(Holds(x) != Holds(y)))], Of(a) ^ Of(b));
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
    public void A_constant_of_MultiplyAdd_is_in_every_lane()
    {
        foreach (float third in Numbers)
        {
            AssertEveryPair((a, b) => T.MultiplyAdd(a, b, third), (a, b) => Lanes(T.MultiplyAdd(T.Create(a), T.Create(b), T.Create(third)))[0]);
            AssertEveryPair((a, b) => T.MultiplyAdd(a, third, b), (a, b) => Lanes(T.MultiplyAdd(T.Create(a), T.Create(third), T.Create(b)))[0]);
        }
    }

    [Fact]
    public void A_product_with_memory_is_that_of_registers()
    {
        const int Offset = 3;
        float[] elements = [1.5f, -0.1f, 1e-20f, 3e20f, float.NaN];
        float[] memory = [.. Enumerable.Range(0, T.Count + Offset).Select(i => (i % 2 == 0 ? 0.3f : -0.7f) * (i + 1))];
        T neighbours = T.Load(ref memory[0], Offset), addend = T.Index(-2);
        Floats128 four = Floats128.Load(ref elements[0], 0);
        for (int i = 0; i < elements.Length; i++)
        {
            float[] expected = Lanes(T.MultiplyAdd(T.Create(elements[i]), neighbours, addend));
            Same(expected, T.MultiplyAdd(ref elements[0], i, ref memory[0], Offset, addend));
            Same(expected, T.MultiplyAdd(ref elements[0], i, neighbours, addend));
            T sum = addend;
            sum.AddProduct(ref elements[0], i, neighbours);
            Same(expected, sum);
            if (i < Floats128.Count)
            {
                Same(expected, T.MultiplyAdd(four, i, ref memory[0], Offset, addend));
            }

            float[] target = [1f, 2f, 3f, .. Lanes(addend), 4f];
            T.AddProduct(ref target[0], Offset, ref elements[0], i, neighbours);
            Assert.Equal([1f, 2f, 3f, .. expected, 4f], target);
            Same(expected, T.MultiplyAdd(T.Create(elements[i]), ref memory[0], Offset, addend));
            Same(Lanes(T.Create(elements[i]) * neighbours), T.Multiply(ref elements[0], i, ref memory[0], Offset));
            Same(Lanes(T.Create(elements[i]) * neighbours), T.Multiply(T.Create(elements[i]), ref memory[0], Offset));
        }

        static void Same(float[] expected, T actual) => Assert.Equal(expected.Select(Bits), Lanes(actual).Select(Bits));
    }

    [Fact]
    public void Four_terms_and_four_rows_are_those_of_single_ones()
    {
        // A stride that is no multiple of anything, so that no row stands where another's offset would put it.
        const int First = 2, Offset = 3;
        int stride = T.Count + 5;
        float[] elements = [9f, 8f, 1.5f, -0.1f, 3e20f, float.NaN];
        float[] memory = [.. Enumerable.Range(0, Offset + (4 * stride)).Select(i => (i % 2 == 0 ? 0.3f : -0.7f) * (i + 1))];
        T addend = T.Index(-2);
        T.FourTerms(ref elements[0], First, ref memory[0], Offset, stride, addend, out T sum1, out T sum2, out T sum3, out T sum4);
        T[] firsts = [sum1, sum2, sum3, sum4];
        T.AddFourTerms(ref elements[0], First, ref memory[0], Offset, stride, ref sum1, ref sum2, ref sum3, ref sum4);
        T[] sums = [sum1, sum2, sum3, sum4];
        float[] target = [.. memory], expected = [.. memory];
        T.AddFourProducts(ref target[0], Offset, stride, ref elements[0], First, addend);
        for (int row = 0; row < 4; row++)
        {
            int place = Offset + (row * stride);
            T first = row == 0 ? T.MultiplyAdd(ref elements[0], First, ref memory[0], place, addend) : T.Multiply(ref elements[0], First + row, ref memory[0], place);
            Assert.Equal(Lanes(first).Select(Bits), Lanes(firsts[row]).Select(Bits));
            Assert.Equal(Lanes(T.MultiplyAdd(ref elements[0], First + row, ref memory[0], place, first)).Select(Bits), Lanes(sums[row]).Select(Bits));
            T.AddProduct(ref expected[0], place, ref elements[0], First + row, addend);
        }

        Assert.Equal(expected.Select(Bits), target.Select(Bits));
    }

    [Fact]
    public void Sums_of_products_with_rows_stand_in_their_order()
    {
        const int Offset = 3;
        int stride = T.Count + 5;
        float[] memory = [.. Enumerable.Range(0, Offset + (8 * stride)).Select(i => (float)((i * 7) % 11))];
        T factor = Of(Ascending);
        float[] expected = [.. Enumerable.Range(0, 8).Select(row => Ascending.Select((x, lane) => x * memory[Offset + (row * stride) + lane]).Sum())];
        float[] eight = new float[8], four = new float[4];
        T.SumsOfEight(factor, ref memory[0], Offset, stride).Store(ref eight[0], 0);
        T.SumsOfFour(factor, ref memory[0], Offset, stride).Store(ref four[0], 0);
        Assert.Equal(expected, eight);
        Assert.Equal(expected.Take(4), four);
        Assert.Equal(expected.Take(4), Enumerable.Range(0, 4).Select(T.SumsOfFour(factor, ref memory[0], Offset, stride).Lane));
    }

    [Fact]
    public void What_is_fused_is_rounded_once()
    {
        // (1 + 2⁻²³)² − (1 + 2⁻²²): what the product's rounding loses.
        float lost = Lanes(T.MultiplyAdd(T.Create(1.0000001f), T.Create(1.0000001f), T.Create(-1.0000002f)))[0];
        Assert.Equal(T.IsFused ? MathF.ScaleB(1, -46) : 0, lost);
    }

    [Fact]
    public void A_bound_takes_the_place_of_what_is_beyond_it_and_not_of_NaN()
    {
        foreach (float bound in new[] { -104f, 0f, 0.1f, 1e20f })
        {
            AssertEveryPair((a, _) => T.AtMost(bound, a), (a, _) => a > bound ? bound : a);
            AssertEveryPair((a, _) => T.AtLeast(bound, a), (a, _) => a < bound ? bound : a);
        }
    }

    [Fact]
    public void Scaling_rounds_once_also_to_denormals()
    {
        float[] values = [.. Numbers, 1.9999999f, -1.0000001f, 1.5f, 0.70710677f];
        for (int power = -252; power <= 254; power++)
        {
            foreach (float[] row in InEveryLane(values))
            {
                AssertSame([.. row.Select(value => (float)Math.ScaleB((double)value, power))], T.Scale(Of(row), T.Create(power)));
            }
        }

        AssertSame(Repeat(0), T.Scale(T.One, T.Create(float.NegativeInfinity)));
    }

    [Fact]
    public void Mantissa_and_exponent_make_the_number_again()
    {
        float[] values = [.. Numbers, 0.75f, 0.74999994f, 1.4999999f, 1.5f, 1.9999999f, 3e-42f, 8.4e-45f, 5e37f, 3.4e38f, -1e-42f];
        foreach (float[] row in InEveryLane(values))
        {
            float[] mantissas = Lanes(T.Mantissa(Of(row), out T exponent));
            float[] exponents = Lanes(exponent);
            for (int lane = 0; lane < T.Count; lane++)
            {
                float x = row[lane];
                if (float.IsNaN(x) || x < 0)
                {
                    Assert.True(float.IsNaN(mantissas[lane]) || float.IsNaN(exponents[lane]), $"{x}");
                    continue;
                }

                Assert.InRange(mantissas[lane], 0.75f, 1.4999999f);
                Assert.Equal(x == 0 ? float.NegativeInfinity : x, float.IsInfinity(exponents[lane]) ? exponents[lane] : (float)Math.ScaleB(mantissas[lane], (int)exponents[lane]));
            }
        }
    }

    [Fact]
    public void Bits_move_up_and_out()
    {
        foreach (int count in new[] { 1, 23, 30, 31 })
        {
            foreach (float[] row in InEveryLane(Numbers))
            {
                AssertSameBits([.. row.Select(x => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) << count))], T.ShiftLeft(Of(row), count));
            }
        }
    }

    [Fact]
    public void A_power_of_eighths_is_rounded_once_whatever_stands_above_its_twelve_bits()
    {
        foreach (uint above in new uint[] { 0, 0x1000, 0x4B400000, 0xFFFFF000 })
        {
            for (uint k = 8; k < 2040; k += (uint)T.Count)
            {
                uint[] numbers = [.. Enumerable.Range(0, T.Count).Select(i => Math.Min(k + (uint)i, 2039))];
                AssertSameBits(
                    [.. numbers.Select(n => (float)Math.Pow(2, (n / 8.0) - 127))],
                    T.PowerOfEighths(Of([.. numbers.Select(n => BitConverter.UInt32BitsToSingle(above | n))])));
            }
        }
    }

    [Fact]
    public void Any_finds_a_condition_in_every_lane()
    {
        Assert.False(T.Any(T.Zero));
        for (int lane = 0; lane < T.Count; lane++)
        {
            Assert.True(T.Any(Of(With(lane, Condition(true), Repeat(0)))));
        }
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
    public void Sums_of_several_registers_stand_in_their_order()
    {
        T[] registers = [.. Enumerable.Range(0, 8).Select(r => Of([.. Ascending.Select(x => (x + 1) * (1 << r))]))];
        float one = Ascending.Sum() + T.Count;
        Assert.Equal([one, 2 * one, 4 * one, 8 * one], Lanes(T.SumsOfFour(registers[0], registers[1], registers[2], registers[3])));
        Assert.Equal(
            Enumerable.Range(0, 8).Select(r => one * (1 << r)),
            Lanes(T.SumsOfEight(registers[0], registers[1], registers[2], registers[3], registers[4], registers[5], registers[6], registers[7])));

        static float[] Lanes<TFloats>(TFloats floats)
            where TFloats : struct, IFloats<TFloats>
        {
            float[] lanes = new float[TFloats.Count];
            floats.Store(ref lanes[0], 0);
            return lanes;
        }
    }

    [Fact]
    public void Integers_are_loaded_as_floats()
    {
        int[] values = [.. Enumerable.Range(0, 2 * T.Count).Select(i => (i * 7919) - 5)];
        AssertSame([.. values.Skip(3).Take(T.Count).Select(i => (float)i)], T.Load(ref values[0], 3));
    }

    [Fact]
    public void The_larger_of_each_lane_is_NaN_if_either_is()
    {
        float[] values = [float.NaN, -0f, 0, 1, -1, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue];
        foreach (float a in values)
        {
            foreach (float b in values)
            {
                float larger = float.IsNaN(a) || float.IsNaN(b) ? float.NaN : a > b ? a : b;
                for (int lane = 0; lane < T.Count; lane++)
                {
                    AssertSame(With(lane, larger, Repeat(9)), T.Max(Of(With(lane, a, Repeat(8))), Of(With(lane, b, Repeat(9)))));
                }
            }
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
    public void Every_fourth_lanes_total_keeps_it_too()
    {
        for (int lane = 0; lane < T.Count; lane++)
        {
            Vector256<double> totals = T.Totals(Of(With(lane, 16_777_216, Repeat(1))));
            for (int place = 0; place < 4; place++)
            {
                Assert.Equal((place == lane % 4 ? 16_777_215d : 0) + (T.Count / 4), totals[place]);
            }

            Assert.Equal(double.NaN, Vector256.Sum(T.Totals(Of(With(lane, float.NaN, Ascending)))));
        }
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

    private static void AssertEveryPair(Func<T, T, T> operation, Func<float, float, float> scalar)
    {
        foreach ((float[] a, float[] b) in PairsInEveryLane(Numbers))
        {
            AssertSame([.. a.Zip(b, scalar)], operation(Of(a), Of(b)));
        }
    }

    /// <summary>Pairs of rows in which every pair of values stands in every lane once.</summary>
    private static IEnumerable<(float[] A, float[] B)> PairsInEveryLane(float[] values) =>
        from a in InEveryLane(values) from b in InEveryLane(values) select (a, b);

    // A variable between, so that no compiler makes one operation of the two.
    private static float TwiceRounded(float a, float b, float c)
    {
        float product = (float)((double)a * b);
        return product + c;
    }

    private static void AssertSame(float[] expected, T actual) => Assert.Equal(expected.Select(Bits), Lanes(actual).Select(Bits));

    private static void AssertSameBits(float[] expected, T actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), Lanes(actual).Select(BitConverter.SingleToUInt32Bits));
}
