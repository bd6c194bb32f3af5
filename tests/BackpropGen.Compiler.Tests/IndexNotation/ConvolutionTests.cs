using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

/// <summary>A convolution needs nothing but the notation: strides are coefficients, padding is a choice.</summary>
public class ConvolutionTests
{
    private const int Size = 5;
    private const int Outputs = 3;

    [Fact]
    public void A_strided_padded_convolution_is_derived_for_input_weights_and_bias()
    {
        (Notation p, Tensor x, Tensor w, Tensor b, Tensor y) = Convolution();
        p.Check(y);

        // Each gradient is one statement, and sums over nothing that its brackets name: dX over o, y and x, not over u and v.
        Assert.Equal(["o", "x", "y"], Letters(Assert.Single(p.To(x))));
        Assert.Equal(["n", "x", "y"], Letters(Assert.Single(p.To(w))));
        Assert.Equal(["n", "x", "y"], Letters(Assert.Single(p.To(b))));
        Assert.All(p.BackwardStatements, s => Assert.Equal(Store.Assign, s.Store));
    }

    [Fact]
    public void It_computes_what_five_loops_compute()
    {
        (Notation p, Tensor x, Tensor w, Tensor b, Tensor y) = Convolution();
        double[] actual = p.Run(y);
        (double[] xs, double[] ws, double[] bs) = (p.Values(x), p.Values(w), p.Values(b));
        int i = 0;
        for (int n = 0; n < 2; n++)
        {
            for (int o = 0; o < 2; o++)
            {
                for (int row = 0; row < Outputs; row++)
                {
                    for (int column = 0; column < Outputs; column++)
                    {
                        Assert.Equal(At(n, o, row, column), actual[i++], 12);
                    }
                }
            }
        }

        double At(int n, int o, int row, int column)
        {
            double sum = bs[o];
            for (int k = 0; k < 2 * 3 * 3; k++)
            {
                (int c, int u, int v) = (k / 9, k / 3 % 3, k % 3);
                (int r, int s) = ((2 * row) + u - 1, (2 * column) + v - 1);
                sum += r is < 0 or >= Size || s is < 0 or >= Size ? 0 : xs[(((((n * 2) + c) * Size) + r) * Size) + s] * ws[(o * 18) + k];
            }

            return sum;
        }
    }

    [Fact]
    public void Outside_the_padding_nothing_is_read()
    {
        // Without the choice the interpreter refuses: the choice is what keeps the read in place.
        var p = new Notation();
        var row = new Axis("y", 4);
        Tensor x = p.Variable("x", Extent.Rows, 4);
        Tensor y = Notation.Local("y", Extent.Rows, 4);
        p.Let(y[p.N, row], x[p.N, row - 1]);
        Assert.Throws<InvalidOperationException>(() => p.Run(y));
    }

    private static (Notation Program, Tensor X, Tensor W, Tensor B, Tensor Y) Convolution()
    {
        var p = new Notation();
        Tensor x = p.Variable("x", Extent.Rows, 2, Size, Size);
        Tensor w = p.Variable("w", 2, 2, 3, 3);
        Tensor b = p.Variable("b", 2);
        Tensor y = Notation.Local("y", Extent.Rows, 2, Outputs, Outputs);
        (Axis o, Axis c) = (new Axis("o", 2), new Axis("c", 2));
        (Axis row, Axis column) = (new Axis("y", Outputs), new Axis("x", Outputs));
        (Axis u, Axis v) = (new Axis("u", 3), new Axis("v", 3));
        Index r = (2 * row) + u - 1;
        Index s = (2 * column) + v - 1;
        p.Let(
            y[p.N, o, row, column],
            b[o] + Sum([c, u, v], Select(Inside(r) & Inside(s), x[p.N, c, r, s], 0) * w[o, c, u, v]));
        return (p, x, w, b, y);
    }

    private static Pred Inside(Index index)
    {
        Expr value = new IndexValue(index);
        return value >= 0 & value < Size;
    }

    private static IEnumerable<string> Letters(Statement s) => s.Value.Over.Select(a => a.Letter).Order(StringComparer.Ordinal);
}
