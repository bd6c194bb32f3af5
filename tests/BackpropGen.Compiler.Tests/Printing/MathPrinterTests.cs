using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

public class MathPrinterTests
{
    private readonly ScalarProgram program = new();

    [Fact]
    public void An_affine_layer_is_a_matrix_product_and_so_are_its_derivatives()
    {
        Network network = Sampling.Define(Sampling.Declare("Affine", ("inputs", 3), ("outputs", 2)));
        var dy = new Tensor("dy1", TensorRole.OutputGradient, ElementKind.F32, Extent.Rows, 2);
        var dx = new Tensor("dx", TensorRole.InputGradient, ElementKind.F32, Extent.Rows, 3);
        Assert.Equal("Y1 = X·W1 + b1   y1[n,j] = b1[j] + Σk x[n,k]·w1[k,j]", MathPrinter.Statement(network.Forward[0]));
        string[] backward = network.Backward(dy, dx).Cast<Statement>().Select(MathPrinter.Statement).Order(System.StringComparer.Ordinal).ToArray();
        Assert.Equal(
            [
                "dW1 += Xᵀ·dY1   dw1[k,j] += Σn x[n,k]·dy1[n,j]",
                "dX = dY1·W1ᵀ   dx[n,k] = Σj dy1[n,j]·w1[k,j]",
                "db1 += Σn dY1   db1[j] += Σn dy1[n,j]",
            ],
            backward);
    }

    [Fact]
    public void Weights_that_lie_the_other_way_are_transposed()
    {
        Network network = Sampling.Define(Sampling.Declare("Affine", ("inputs", 3), ("outputs", 2), ("Bias", false), ("Layout", (int)WeightLayout.OutIn)));
        Assert.Equal("Y1 = X·W1ᵀ   y1[n,j] = Σk x[n,k]·w1[j,k]", MathPrinter.Statement(network.Forward[0]));
    }

    [Fact]
    public void A_minus_behind_a_product_is_in_parentheses()
    {
        Expr x = program.Variable("x");
        Expr y = program.Variable("y");
        Assert.Equal("x·(−y)", Text(x * -y));
        Assert.Equal("x·(−y·x)", Text(x * (-y * x)));
        Assert.Equal("−y·x", Text(-y * x));
    }

    [Fact]
    public void Accumulation_indices_and_choices_are_said()
    {
        var n = new Axis("n", Extent.Rows);
        var j = new Axis("j", 4);
        var y = new Tensor("y", TensorRole.Local, ElementKind.F32, Extent.Rows, 4);
        var x = new Tensor("x", TensorRole.Input, ElementKind.F32, Extent.Rows, 9);
        var statement = new Statement(
            y,
            new Index[] { n, j }.ToEquatableArray(),
            Select((Expr)j < 3, x[n, (2 * j) + 1 + (-1 * (Index)n)], 0),
            Store.Accumulate,
            new Origin(0, "Test"));
        Assert.Equal("y[n,j] += j < 3 ? x[n,2j−n+1] : 0", MathPrinter.Indices(statement));
        Assert.Null(MathPrinter.Matrices(statement));
    }

    [Fact]
    public void Parentheses_stand_where_the_value_needs_them_and_only_there()
    {
        Read x = program.Variable("x");
        Read y = program.Variable("y");
        Read z = program.Variable("z");
        Assert.Equal("x − (y − z)", Text(x - (y - z)));
        Assert.Equal("x − y − z", Text(x - y - z));
        Assert.Equal("x − (y + z)", Text(x - (y + z)));
        Assert.Equal("x + y·z", Text(x + (y * z)));
        Assert.Equal("(x + y)·z", Text((x + y) * z));
        Assert.Equal("x/(y·z)", Text(x / (y * z)));
        Assert.Equal("x/(y/z)", Text(x / (y / z)));
        Assert.Equal("−(x + y)", Text(-(x + y)));
        Assert.Equal("(x + y)²", Text((x + y) * (x + y)));
        Assert.Equal("(x·y)²", Text(x * y * (x * y)));
        Assert.Equal("√(x + y)", Text(Sqrt(x + y)));
        Assert.Equal("(√x)²", Text(Sqrt(x) * Sqrt(x)));
        Assert.Equal("x^(y + z)", Text(Power(x, y + z)));
        Assert.Equal("exp(x − y)", Text(Exp(x - Detach(y))));
        Assert.Equal("|x − y|", Text(Abs(x - y)));
        Assert.Equal("σ(x)·(1 − σ(x))", Text(Sigmoid(x) * (1 - Sigmoid(x))));
        Assert.Equal("[x > 0]", Text(Bracket(x > 0)));
        Assert.Equal("x ≥ 0 ∧ ¬(y = z) ? x : y", Text(Select(x >= 0 & !Equal(y, z), x, y)));
        Assert.Equal("1/N", Text(1 / (Expr)new ExtentValue(Extent.Samples)));
    }

    [Fact]
    public void Letters_in_arithmetic_are_one_number()
    {
        (Axis y, Axis u) = (new Axis("y", 3), new Axis("u", 3));
        Expr place = new IndexValue((2 * y) + u);
        Assert.Equal("(2y+u)·x", Text(place * program.Variable("x")));
        Assert.Equal("y·x", Text((Expr)y * program.Variable("x")));
    }

    [Fact]
    public void Numbers_are_the_shortest_with_a_proper_minus_in_any_culture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("sv-SE");
            Assert.Equal("x·−0.1", Text(program.Variable("x") * -0.1).Replace("(", string.Empty, System.StringComparison.Ordinal).Replace(")", string.Empty, System.StringComparison.Ordinal));
            Assert.Equal("0.33333334", Text(1.0 / 3));
            Assert.Equal("100", Text(100));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_operation_has_a_formula_of_its_own()
    {
        Read x = program.Variable("x");
        string[] unary = System.Enum.GetValues<UnaryOp>().Select(op => Text(new Unary(op, x))).ToArray();
        string[] binary = System.Enum.GetValues<BinaryOp>().Select(op => Text(new Binary(op, x, program.Variable("y")))).ToArray();
        Assert.Distinct(unary.Concat(binary));
    }

    private static string Text(Expr e) => MathPrinter.Expression(e);
}
