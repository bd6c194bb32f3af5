using System;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class OuterProductTests
{
    // Whole registers of every width, lanes ± 1, primes, and a column more than two of the widest side by side.
    private static readonly int[] Widths = [16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 97, 127, 129, 257];

    // A row, fewer than share loads, as many, and what they leave over; all rows of the matrix, and ranges of it.
    private static readonly (int Begin, int End, int Height)[] Ranges = [(0, 1, 1), (0, 7, 7), (0, 8, 8), (0, 9, 9), (3, 4, 5), (4, 20, 31), (16, 33, 40)];

    [Fact]
    public void Every_element_of_the_range_has_its_products_added_once()
    {
        foreach (int width in Widths)
        {
            foreach ((int begin, int end, int height) in Ranges)
            {
                for (int samples = 1; samples <= OuterProduct.MostSamples; samples++)
                {
                    Check<Floats128>(samples, begin, end, height, width);
                    Check<Floats256>(samples, begin, end, height, width);
                    Check<Floats512>(samples, begin, end, height, width);
                }
            }
        }
    }

    private static void Check<TFloats>(int samples, int begin, int end, int height, int width)
        where TFloats : struct, IFloats<TFloats>
    {
        // Whole numbers below 2²⁴: any order of additions gives the same, and what is added twice or not at all shows. A row that is not in the range
        // has no factor, and the matrix ends where its last row does.
        float[] x = [.. Enumerable.Range(0, samples * height).Select(i => i % height < begin || i % height >= end ? float.NaN : (i % 13) + 1f)];
        float[] y = [.. Enumerable.Range(0, samples * width).Select(i => (i % 17) - 5f)];
        float[] matrix = [.. Enumerable.Range(0, height * width).Select(i => i % 1009f)];
        var expected = (float[])matrix.Clone();
        for (int i = begin; i < end; i++)
        {
            for (int j = 0; j < width; j++)
            {
                expected[(i * width) + j] += Enumerable.Range(0, samples).Sum(n => x[(n * height) + i] * y[(n * width) + j]);
            }
        }

        float[] actual = [-1, .. matrix, -2];
        OuterProduct.Add<TFloats>(samples, begin, end, height, width, ref x[0], ref y[0], ref actual[1]);
        Assert.True(actual.AsSpan().SequenceEqual([-1, .. expected, -2]), $"{typeof(TFloats).Name}, {samples} samples, rows {begin} to {end} of {height} × {width}");
    }
}
