using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>What tests of a register need, of any width: also of those that the machine does not have.</summary>
public abstract class RegisterTests<T>
    where T : struct, IFloats<T>
{
    /// <summary>Rows of lanes in which every value stands in every lane once.</summary>
    protected static IEnumerable<float[]> InEveryLane(float[] values) =>
        values.Select((_, first) => Enumerable.Range(first, T.Count).Select(i => values[i % values.Length]).ToArray());

    protected static T Of(float[] lanes)
    {
        Assert.Equal(T.Count, lanes.Length);
        return T.Load(ref lanes[0], 0);
    }

    protected static float[] Lanes(T value)
    {
        float[] lanes = new float[T.Count];
        value.Store(ref lanes[0], 0);
        return lanes;
    }

    protected static float[] Repeat(float value) => [.. Enumerable.Repeat(value, T.Count)];

    protected static float[] With(int lane, float value, float[] others)
    {
        float[] lanes = [.. others];
        lanes[lane] = value;
        return lanes;
    }

    protected static float Condition(bool holds) => BitConverter.UInt32BitsToSingle(holds ? uint.MaxValue : 0);

    protected static bool Holds(float condition) => BitConverter.SingleToUInt32Bits(condition) == uint.MaxValue;

    /// <summary>Bits, for −0 equals 0; and NaN in one bit pattern, but for the one that a condition is.</summary>
    protected static int Bits(float x) => BitConverter.SingleToInt32Bits(float.IsNaN(x) && !Holds(x) ? float.NaN : x);
}
