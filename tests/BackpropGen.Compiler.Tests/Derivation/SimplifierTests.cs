using System;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler.Tests;

public class SimplifierTests
{
    private static readonly double[] Constants = [0, 1, -1, 2, 0.5, -3];
    private static readonly UnaryOp[] Functions = Enum.GetValues<UnaryOp>();
    private static readonly BinaryOp[] Operations = Enum.GetValues<BinaryOp>();

    [Fact]
    public void Simplifying_keeps_the_value_of_any_expression()
    {
        var random = new Random(11);
        int finite = 0;
        for (int i = 0; i < 4000; i++)
        {
            var program = new ScalarProgram();
            Read[] variables = [program.Variable("x"), program.Variable("y")];
            Expr e = Any(random, variables, 4);
            Expr simple = Simplifier.Simplify(e);
            _ = program.Evaluate(variables[0] + variables[1]);
            program.Values("x")[0] = (4 * random.NextDouble()) - 2;
            program.Values("y")[0] = (4 * random.NextDouble()) - 2;
            double expected = program.Evaluate(e);

            // Zero times anything is zero to the simplifier, so poles on the way are left out.
            if (e.Nodes.All(n => double.IsFinite(program.Evaluate(n))))
            {
                finite++;
                CentralDifferences.AssertClose([expected], [program.Evaluate(simple)], 1e-9, MathPrinter.Expression(e));
            }

            Assert.True(simple.Nodes.Count() <= e.Nodes.Count() * 2, MathPrinter.Expression(e));
        }

        Assert.True(finite > 1000);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_mask_keeps_out_what_it_masks(double poison)
    {
        var program = new ScalarProgram();
        (Read dy, Read y) = (program.Variable("dy"), program.Variable("y"));
        Expr[] masked =
        [
            dy * Bracket(y > 0),
            Bracket(y > 0) * dy,
            dy * Select(y > 0, 3, 0),
            dy * (2 * Bracket(y > 0)),
            -dy * Bracket(y > 0),
            dy * Select(y > 0, 1, Select(y < -5, 1, 0)),
        ];
        foreach (Expr e in masked.Select(Simplifier.Simplify))
        {
            _ = program.Evaluate(dy + y);
            (program.Values("dy")[0], program.Values("y")[0]) = (poison, -1);
            Assert.Equal(0, program.Evaluate(e));
            program.Values("y")[0] = 1;
            Assert.False(double.IsFinite(program.Evaluate(e)));
        }
    }

    [Fact]
    public void What_the_derivative_makes_too_much_of_is_taken_away()
    {
        var program = new ScalarProgram();
        (Read x, Read y) = (program.Variable("x"), program.Variable("y"));
        AssertSimple(x, x + 0);
        AssertSimple(x, 0 + x);
        AssertSimple(x, 1 * x);
        AssertSimple(x, x / 1);
        AssertSimple(x, -(-x));
        AssertSimple(0, x * 0);
        AssertSimple(0, 0 / x);
        AssertSimple(x - y, x + -y);
        AssertSimple(x + y, x - -y);
        AssertSimple(y - x, -(x - y));
        AssertSimple(6 * x, 2 * (3 * x));
        AssertSimple(x / y, x * (1 / y));
        AssertSimple(x * y, -x * -y);
        AssertSimple(x, Select(y > 0, x, x));
        AssertSimple(x, Power(x, 1));
        AssertSimple(3, (Expr)1 + 2);
    }

    private static void AssertSimple(Expr expected, Expr e) => Assert.Equal(expected, Simplifier.Simplify(e));

    private static Expr Any(Random random, Read[] variables, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return random.Next(2) == 0 ? Constants[random.Next(Constants.Length)] : variables[random.Next(variables.Length)];
        }

        Expr One() => Any(random, variables, depth - 1);
        return random.Next(10) switch
        {
            < 3 => new Unary(random.Next(2) == 0 ? UnaryOp.Negate : Functions[random.Next(Functions.Length)], One()),
            < 9 => new Binary(Operations[random.Next(Operations.Length)], One(), One()),
            _ => Select(One() > One(), One(), One()),
        };
    }
}
