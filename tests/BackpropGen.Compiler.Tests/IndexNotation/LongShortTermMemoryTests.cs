using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

/// <summary>A recurrence is a scan, and its derivative the reverse scan (Hochreiter and Schmidhuber, 1997; gates as in Gers et al., 2000).</summary>
public class LongShortTermMemoryTests
{
    private const int Time = 3;
    private const int Inputs = 2;
    private const int Hidden = 3;

    // Input, forget, candidate, output.
    private static readonly string[] Gates = ["i", "f", "q", "o"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_cell_is_derived_for_input_states_and_weights(bool lastStateOnly, bool backwards)
    {
        var p = new Notation();
        Cell cell = Define(p, backwards);
        var j = new Axis("j", Hidden);
        Tensor y;
        if (lastStateOnly)
        {
            y = Notation.Local("y", Extent.Rows, Hidden);
            p.Let(y[p.N, j], cell.H[p.N, Time, j]);
        }
        else
        {
            var t = new Axis("t", Time);
            y = Notation.Local("y", Extent.Rows, Time, Hidden);
            p.Let(y[p.N, t, j], cell.H[p.N, backwards ? (Index)t : t + 1, j]);
        }

        p.Check(y);
    }

    [Fact]
    public void The_states_themselves_may_be_the_output()
    {
        var p = new Notation();
        Cell cell = Define(p, false);
        p.Check(cell.H);
    }

    [Fact]
    public void Weight_gradients_are_hoisted_out_of_the_reverse_scan()
    {
        var p = new Notation();
        Cell cell = Define(p, false);
        p.Check(cell.H);
        Scan scan = Assert.Single(p.Backward.OfType<Scan>());
        Assert.True(scan.Backwards);
        foreach (Tensor outside in new[] { cell.X, cell.W, cell.U, cell.B })
        {
            Assert.DoesNotContain(scan.Body, s => s.Target == p.GradientOf(outside));
            Statement gradient = Assert.Single(p.To(outside));
            Assert.True(p.Backward.ToList().IndexOf(gradient) > p.Backward.ToList().IndexOf(scan));
            Assert.Equal(outside != cell.X, gradient.Value.Over.Contains(scan.Along));
        }

        // What stays is what a step passes to the step before it, and what leads there.
        Assert.Contains(scan.Body, s => s.Target == p.GradientOf(cell.H));
        Assert.Contains(scan.Body, s => s.Target == p.GradientOf(cell.C));
        Assert.All(scan.Body, s => Assert.Equal(Store.Accumulate, s.Store));
    }

    [Fact]
    public void A_maximum_in_a_scan_is_refused_as_it_is_outside()
    {
        var p = new Notation();
        (Axis t, Axis j) = (new Axis("t", Time), new Axis("j", Hidden));
        Tensor h = Notation.Local("h", Extent.Rows, Time + 1, Hidden);
        Tensor m = Notation.Local("m", Extent.Rows, Time);
        p.Scan(
            t,
            false,
            Notation.Statement(m[p.N, t], Max(j, h[p.N, t, j])),
            Notation.Statement(h[p.N, t + 1, j], m[p.N, t] + h[p.N, t, j]));
        Assert.Throws<System.InvalidOperationException>(() => p.Check(h));
    }

    // Forward in time the state before step t is at t and the one after at t+1; backward in time it is the other way round.
    private static Cell Define(Notation p, bool backwards)
    {
        (Axis t, Axis k, Axis m, Axis j, Axis g) =
            (new Axis("t", Time), new Axis("k", Inputs), new Axis("m", Hidden), new Axis("j", Hidden), new Axis("g", 4));
        Tensor x = p.Variable("x", Extent.Rows, Time, Inputs);
        Tensor w = p.Variable("w", 4, Inputs, Hidden);
        Tensor u = p.Variable("u", 4, Hidden, Hidden);
        Tensor b = p.Variable("b", 4, Hidden);
        Tensor z = Notation.Local("z", Extent.Rows, Time, 4, Hidden);
        Tensor a = Notation.Local("a", Extent.Rows, Time, 4, Hidden);
        Tensor[] gates = Gates.Select(s => Notation.Local(s, Extent.Rows, Time, Hidden)).ToArray();
        Tensor c = Notation.Local("c", Extent.Rows, Time + 1, Hidden);
        Tensor h = Notation.Local("h", Extent.Rows, Time + 1, Hidden);
        Index before = backwards ? t + 1 : t;
        Index after = backwards ? t : t + 1;
        (Read input, Read forget, Read candidate, Read output) = (gates[0][p.N, t, j], gates[1][p.N, t, j], gates[2][p.N, t, j], gates[3][p.N, t, j]);
        p.Scan(
            t,
            backwards,
            Notation.Statement(z[p.N, t, g, j], b[g, j] + Sum(k, x[p.N, t, k] * w[g, k, j])),
            Notation.Statement(a[p.N, t, g, j], z[p.N, t, g, j] + Sum(m, h[p.N, before, m] * u[g, m, j])),
            Notation.Statement(input, Sigmoid(a[p.N, t, 0, j])),
            Notation.Statement(forget, Sigmoid(a[p.N, t, 1, j])),
            Notation.Statement(candidate, Tanh(a[p.N, t, 2, j])),
            Notation.Statement(output, Sigmoid(a[p.N, t, 3, j])),
            Notation.Statement(c[p.N, after, j], (forget * c[p.N, before, j]) + (input * candidate)),
            Notation.Statement(h[p.N, after, j], output * Tanh(c[p.N, after, j])));
        return new Cell(x, w, u, b, c, h);
    }

    private sealed record Cell(Tensor X, Tensor W, Tensor U, Tensor B, Tensor C, Tensor H);
}
