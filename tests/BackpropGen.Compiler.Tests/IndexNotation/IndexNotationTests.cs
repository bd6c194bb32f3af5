using System;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

/// <summary>What layers to come are made of can be written and is derived by the one rule: no layer will need a mechanism of its own.</summary>
public class IndexNotationTests
{
    [Fact]
    public void An_embedding_is_a_bracket_with_an_integer_tensor()
    {
        var p = new Notation();
        (Axis t, Axis v, Axis d) = (new Axis("t", 3), new Axis("v", 5), new Axis("d", 2));
        Tensor token = p.Constant("token", ElementKind.I32, [4, 0, 4, 1, 1, 2], Extent.Rows, 3);
        Tensor e = p.Variable("e", 5, 2);
        Tensor y = Notation.Local("y", Extent.Rows, 3, 2);
        p.Let(y[p.N, t, d], Sum(v, Bracket(Equal(v, token[p.N, t])) * e[v, d]));
        p.Check(y);
        Assert.Equal(p.Values(e)[8..10], p.Run(y)[..2]);
        Assert.Equal(["n", "t"], Assert.Single(p.To(e)).Value.Over.Select(a => a.Letter));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    public void Max_pooling_is_an_index_and_a_bracket(int window, int stride)
    {
        var p = new Notation();
        const int Size = 7;
        int outputs = ((Size - window) / stride) + 1;
        (Axis c, Axis row, Axis column) = (new Axis("c", 2), new Axis("y", outputs), new Axis("x", outputs));
        (Axis u, Axis v) = (new Axis("u", window), new Axis("v", window));
        Tensor x = p.Variable("x", Extent.Rows, 2, Size, Size);
        Tensor at = Notation.LocalIndex("at", Extent.Rows, 2, outputs, outputs);
        Tensor y = Notation.Local("y", Extent.Rows, 2, outputs, outputs);
        Axis[] both = [u, v];
        Read read = x[p.N, c, (stride * row) + u, (stride * column) + v];

        // Values differ by enough for a small step to leave the order alone.
        double[] xs = p.Values(x);
        for (int i = 0; i < xs.Length; i++)
        {
            xs[i] = Math.Sin(i * 7919);
        }

        p.Let(at[p.N, c, row, column], new Fold(ReduceKind.ArgMax, both.ToEquatableArray(), read, null));
        p.Let(y[p.N, c, row, column], Sum(both, Bracket(Equal(new IndexValue((window * u) + v), at[p.N, c, row, column])) * read));
        p.Check(y);

        // Two brackets, one for each direction, take one letter each away from the four that dX lacks.
        Assert.Equal(2, Assert.Single(p.To(x)).Value.Over.Count);
        Assert.Equal(Enumerable.Range(0, window * window).Max(i => xs[(i / window * Size) + (i % window)]), p.Run(y)[0]);
    }

    [Fact]
    public void The_first_of_equal_maxima_is_taken_and_NaN_wins()
    {
        var p = new Notation();
        var j = new Axis("j", 4);
        Tensor x = p.Constant("x", ElementKind.F32, [1, 3, 3, 2, 5, double.NaN, 7, double.NaN], Extent.Rows, 4);
        Tensor at = Notation.LocalIndex("at", Extent.Rows);
        Tensor max = Notation.Local("max", Extent.Rows);
        p.Let(at[p.N], ArgMax(j, x[p.N, j]));
        p.Let(max[p.N], Max(j, x[p.N, j]));
        Assert.Equal([1, 1], p.Run(at));
        Assert.Equal([3, double.NaN], p.Run(max));
    }

    [Fact]
    public void Dropout_is_a_product_with_a_mask_that_wants_no_gradient()
    {
        var p = new Notation();
        var j = new Axis("j", 3);
        Tensor x = p.Variable("x", Extent.Rows, 3);
        Tensor mask = p.Constant("mask", ElementKind.F32, [1, 0, 1, 0, 0, 1], Extent.Rows, 3);
        Tensor y = Notation.Local("y", Extent.Rows, 3);
        p.Let(y[p.N, j], x[p.N, j] * mask[p.N, j] / 0.6);
        p.Check(y);
        Assert.Single(p.BackwardStatements);
    }

    [Fact]
    public void A_mask_that_is_a_choice_keeps_what_is_dropped_out_of_the_gradient()
    {
        var p = new Notation();
        var j = new Axis("j", 2);
        Tensor x = p.Variable("x", Extent.Rows, 2);
        Tensor mask = p.Constant("mask", ElementKind.F32, [1, 0, 0, 1], Extent.Rows, 2);
        Tensor y = Notation.Local("y", Extent.Rows, 2);
        p.Let(y[p.N, j], Select(mask[p.N, j] > 0.5, x[p.N, j] * x[p.N, j], 0));
        p.Check(y);
        p.Values(x)[1] = double.NaN;
        Assert.Equal(0, p.Run(y)[1]);
    }

    [Fact]
    public void Concatenation_is_two_stores_at_different_places()
    {
        var p = new Notation();
        (Axis j, Axis k) = (new Axis("j", 3), new Axis("k", 2));
        Tensor a = p.Variable("a", Extent.Rows, 3);
        Tensor b = p.Variable("b", Extent.Rows, 2);
        Tensor joined = Notation.Local("c", Extent.Rows, 5);
        Tensor y = Notation.Local("y", Extent.Rows, 5);
        var i = new Axis("i", 5);
        p.Let(joined[p.N, j], a[p.N, j]);
        p.Let(joined[p.N, k + 3], b[p.N, k]);
        p.Let(y[p.N, i], joined[p.N, i] * joined[p.N, i]);
        p.Check(y);
        Assert.Equal(p.Values(b)[0], p.Run(joined)[3]);
    }

    [Fact]
    public void A_slice_gives_no_gradient_to_what_it_leaves_out()
    {
        var p = new Notation();
        var j = new Axis("j", 2);
        Tensor x = p.Variable("x", Extent.Rows, 5);
        Tensor y = Notation.Local("y", Extent.Rows, 2);
        p.Let(y[p.N, j], x[p.N, j] * x[p.N, j + 2]);
        p.Check(y);
    }

    [Fact]
    public void Flattening_is_an_affine_store()
    {
        var p = new Notation();
        (Axis c, Axis h, Axis w) = (new Axis("c", 2), new Axis("h", 3), new Axis("w", 2));
        var i = new Axis("i", 12);
        Tensor x = p.Variable("x", Extent.Rows, 2, 3, 2);
        Tensor flat = Notation.Local("f", Extent.Rows, 12);
        Tensor y = Notation.Local("y", Extent.Rows, 12);
        p.Let(flat[p.N, (6 * c) + (2 * h) + w], x[p.N, c, h, w]);
        p.Let(y[p.N, i], Sin(flat[p.N, i]));
        p.Check(y);
        Assert.Equal(p.Values(x), p.Run(flat));
    }

    [Fact]
    public void Upsampling_reads_at_a_stride_that_no_letter_solves()
    {
        var p = new Notation();
        (Axis y, Axis u) = (new Axis("y", 3), new Axis("u", 2));
        Tensor x = p.Variable("x", Extent.Rows, 6);
        Tensor even = Notation.Local("even", Extent.Rows, 3);
        p.Let(even[p.N, y], x[p.N, 2 * y]);
        p.Check(even);

        var q = new Notation();
        Tensor small = q.Variable("x", Extent.Rows, 3);
        Tensor big = Notation.Local("big", Extent.Rows, 6);
        q.Let(big[q.N, (2 * y) + u], small[q.N, y]);
        q.Check(big);
    }

    [Fact]
    public void A_diagonal_is_read_at_one_letter_twice()
    {
        var p = new Notation();
        var i = new Axis("i", 3);
        Tensor a = p.Variable("a", 3, 3);
        Tensor y = Notation.Local("y", 3);
        p.Let(y[i], a[i, i] * a[0, i]);
        p.Check(y);
    }

    [Fact]
    public void A_residual_adds_both_ways_gradients()
    {
        var p = new Notation();
        (Axis j, Axis k) = (new Axis("j", 3), new Axis("k", 3));
        Tensor x = p.Variable("x", Extent.Rows, 3);
        Tensor w = p.Variable("w", 3, 3);
        Tensor z = Notation.Local("z", Extent.Rows, 3);
        Tensor y = Notation.Local("y", Extent.Rows, 3);
        p.Let(z[p.N, j], Sum(k, x[p.N, k] * w[k, j]));
        p.Let(y[p.N, j], x[p.N, j] + Tanh(z[p.N, j]));
        p.Check(y);
        Assert.Equal([Store.Assign, Store.Accumulate], p.To(x).Select(s => s.Store));
    }

    [Fact]
    public void Layer_normalisation_goes_through_its_own_statistics()
    {
        var p = new Notation();
        var j = new Axis("j", 4);
        Tensor x = p.Variable("x", Extent.Rows, 4);
        Tensor gamma = p.Variable("gamma", 4);
        Tensor beta = p.Variable("beta", 4);
        Tensor mean = Notation.Local("mean", Extent.Rows);
        Tensor variance = Notation.Local("variance", Extent.Rows);
        Tensor y = Notation.Local("y", Extent.Rows, 4);
        Expr centred = x[p.N, j] - mean[p.N];
        p.Let(mean[p.N], Sum(j, x[p.N, j] / 4));
        p.Let(variance[p.N], Sum(j, centred * centred / 4));
        p.Let(y[p.N, j], (centred / Sqrt(variance[p.N] + 1e-5) * gamma[j]) + beta[j]);
        p.Check(y);
    }

    [Fact]
    public void Batch_normalisation_sums_over_the_samples_of_the_call()
    {
        var p = new Notation();
        var j = new Axis("j", 3);
        Expr samples = new ExtentValue(Extent.Samples);
        Tensor x = p.Variable("x", Extent.Rows, 3);
        Tensor gamma = p.Variable("gamma", 3);
        Tensor mean = Notation.Local("mean", 3);
        Tensor variance = Notation.Local("variance", 3);
        Tensor y = Notation.Local("y", Extent.Rows, 3);
        Expr centred = x[p.N, j] - mean[j];
        p.Let(mean[j], Sum(p.N, x[p.N, j] / samples));
        p.Let(variance[j], Sum(p.N, centred * centred / samples));
        p.Let(y[p.N, j], centred / Sqrt(variance[j] + 0.1) * gamma[j]);
        p.Check(y);
    }

    [Fact]
    public void Attention_is_two_products_and_a_softmax()
    {
        var p = new Notation();
        (Axis i, Axis j, Axis d) = (new Axis("i", 3), new Axis("j", 3), new Axis("d", 2));
        Tensor query = p.Variable("q", Extent.Rows, 3, 2);
        Tensor key = p.Variable("k", Extent.Rows, 3, 2);
        Tensor value = p.Variable("v", Extent.Rows, 3, 2);
        Tensor score = Notation.Local("s", Extent.Rows, 3, 3);
        Tensor max = Notation.Local("m", Extent.Rows, 3);
        Tensor e = Notation.Local("e", Extent.Rows, 3, 3);
        Tensor sum = Notation.Local("z", Extent.Rows, 3);
        Tensor y = Notation.Local("y", Extent.Rows, 3, 2);

        // Causal: what lies ahead is chosen away and gets no gradient.
        p.Let(score[p.N, i, j], Sum(d, query[p.N, i, d] * key[p.N, j, d] * (1 / Math.Sqrt(2))));
        p.Let(max[p.N, i], Max(j, score[p.N, i, j]));
        p.Let(e[p.N, i, j], Select((Expr)j <= i, Exp(score[p.N, i, j] - Detach(max[p.N, i])), 0));
        p.Let(sum[p.N, i], Sum(j, e[p.N, i, j]));
        p.Let(y[p.N, i, d], Sum(j, e[p.N, i, j] / sum[p.N, i] * value[p.N, j, d]));
        p.Check(y);
    }

    [Fact]
    public void A_maximum_that_is_not_detached_is_refused()
    {
        var p = new Notation();
        var j = new Axis("j", 3);
        Tensor x = p.Variable("x", Extent.Rows, 3);
        Tensor max = Notation.Local("m", Extent.Rows);
        Tensor y = Notation.Local("y", Extent.Rows, 3);
        p.Let(max[p.N], Max(j, x[p.N, j]));
        p.Let(y[p.N, j], x[p.N, j] - max[p.N]);
        Assert.Throws<InvalidOperationException>(() => p.Check(y));
    }
}
