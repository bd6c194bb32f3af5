using System;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

public class DifferentiatorTests
{
    private static readonly double[] Points = [-2.3, -0.7, -0.2, 0.4, 0.9, 1.6, 3.1];

    public static TheoryData<string> UnaryOps => [.. Enum.GetNames<UnaryOp>()];

    public static TheoryData<string> BinaryOps => [.. Enum.GetNames<BinaryOp>()];

    [Theory]
    [MemberData(nameof(UnaryOps))]
    public void A_functions_derivative_is_its_central_difference(string op)
    {
        var program = new ScalarProgram();
        Read x = program.Variable("x");

        // Inside something and around something: the chain rule is part of it.
        AssertDerivative(program, new Unary(Enum.Parse<UnaryOp>(op), x), x, "x");
        AssertDerivative(program, new Unary(Enum.Parse<UnaryOp>(op), (0.5 * x) + 0.3) * x, x, "x");
    }

    [Theory]
    [MemberData(nameof(BinaryOps))]
    public void An_operations_derivative_by_either_side_is_its_central_difference(string op)
    {
        var program = new ScalarProgram();
        Read x = program.Variable("x");
        Read y = program.Variable("y");
        _ = program.Evaluate(x + y);
        foreach (double other in new[] { 0.6, 2.0, 1.3 })
        {
            program.Values("y")[0] = other;
            AssertDerivative(program, new Binary(Enum.Parse<BinaryOp>(op), x, y), x, "x");
            AssertDerivative(program, new Binary(Enum.Parse<BinaryOp>(op), y, x), x, "x");
            AssertDerivative(program, new Binary(Enum.Parse<BinaryOp>(op), x, x), x, "x");
        }
    }

    [Fact]
    public void A_choice_is_derived_on_either_side_of_it()
    {
        var program = new ScalarProgram();
        Read x = program.Variable("x");
        AssertDerivative(program, Select(x > 0.5 & !(x > 2), Exp(x), Sin(x) * x), x, "x");
    }

    [Fact]
    public void A_detached_value_is_a_constant()
    {
        var program = new ScalarProgram();
        Read x = program.Variable("x");
        Assert.Equal(new Const(0), Differentiator.Differentiate(Detach(Exp(x)), x));
        Assert.Equal((Expr)Detach(x), Differentiator.Differentiate(x * Detach(x), x));
    }

    [Fact]
    public void What_does_not_depend_on_the_variable_is_not_computed()
    {
        var program = new ScalarProgram();
        (Read x, Read y) = (program.Variable("x"), program.Variable("y"));
        Assert.Equal(new Const(0), Differentiator.Differentiate(Log(y) / y, x));
        Assert.Equal(new Const(1), Differentiator.Differentiate(x + Log(y), x));
        Assert.Equal(new Const(0), Differentiator.Differentiate(new IndexValue(new Axis("j", 3)) * new ExtentValue(Extent.Samples), x));
    }

    [Fact]
    public void The_same_tensor_at_another_place_is_another_variable()
    {
        var tensor = new Tensor("x", TensorRole.Input, ElementKind.F32, 4);
        var i = new Axis("i", 3);
        Expr product = tensor[i] * tensor[i + 1];
        Assert.Equal((Expr)tensor[i + 1], Differentiator.Differentiate(product, tensor[i]));
        Assert.Equal((Expr)tensor[i], Differentiator.Differentiate(product, tensor[i + 1]));
    }

    private static void AssertDerivative(ScalarProgram program, Expr e, Read by, string symbol)
    {
        Expr derivative = Differentiator.Differentiate(e, by);
        _ = program.Evaluate(by);
        int finite = 0;
        foreach (double point in Points)
        {
            double[] x = program.Values(symbol);
            x[0] = point;
            if (double.IsFinite(program.Evaluate(e)))
            {
                double expected = CentralDifferences.Of(() => program.Evaluate(e), x)[0];
                CentralDifferences.AssertClose([expected], [program.Evaluate(derivative)], 1e-6, $"{MathPrinter.Expression(e)} at {point}");
                finite++;
            }
        }

        Assert.True(finite >= 3);
    }
}
