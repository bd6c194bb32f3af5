using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Numbers to feed networks with, and comparisons of what comes out.</summary>
internal static class Numbers
{
    /// <summary>Numbers in [−1, 1), the same for the same seed.</summary>
    public static float[] Values(int count, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (2 * random.NextSingle()) - 1;
        }

        return values;
    }

    /// <summary>Labels in [0, classes), the same for the same seed.</summary>
    public static int[] Labels(int count, int classes, int seed = 1)
    {
        var random = new Random(seed);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(classes);
        }

        return labels;
    }

    /// <summary>The bits, so that −0 is not 0 and a NaN is itself.</summary>
    public static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        }

        return bits;
    }

    /// <summary>Equal up to rounding: no difference is larger than a small part of the largest value.</summary>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1e-30;
        foreach (float value in expected)
        {
            scale = Math.Max(scale, Math.Abs((double)value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            Assert.True(difference <= tolerance * scale, FormattableString.Invariant($"[{i}]: expected {expected[i]:R}, got {actual[i]:R}"));
        }
    }

    /// <summary>Equal up to rounding.</summary>
    public static void AssertClose(float expected, float actual, double tolerance = 1e-5) => AssertClose([expected], [actual], tolerance);

    /// <summary>
    /// What a call allocates on this thread: the least of several, because a collection that another test sets off counts the unused rest of
    /// this thread's allocation buffer as allocated.
    /// </summary>
    public static long Allocated(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int i = 0; i < 20 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
