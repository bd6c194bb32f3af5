using System;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class TranspositionTests
{
    [Fact]
    public void Every_element_is_copied_and_nothing_beside_them_written()
    {
        for (int rows = 1; rows <= 19; rows++)
        {
            for (int columns = 1; columns <= 19; columns++)
            {
                foreach ((int more, int moreOfDestination) in new[] { (0, 0), (3, 0), (0, 5), (1, 16) })
                {
                    Check(rows, columns, columns + more, rows + moreOfDestination);
                }
            }
        }
    }

    private static void Check(int rows, int columns, int sourceStride, int stride)
    {
        // What lies between the rows is NaN, and must not turn up.
        var source = new float[((rows - 1) * sourceStride) + columns];
        var expected = new float[((columns - 1) * stride) + rows];
        Array.Fill(source, float.NaN);
        Array.Fill(expected, -1);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                source[(i * sourceStride) + j] = expected[(j * stride) + i] = (100 * i) + j;
            }
        }

        float[] destination = [-2, .. Enumerable.Repeat(-1f, expected.Length), -2];
        Transposition.Copy(ref source[0], rows, columns, sourceStride, ref destination[1], stride);
        Assert.Equal([-2, .. expected, -2], destination);
    }
}
