using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// A program written down in index notation as a layer would, its derivative, and the check of one against the other: Σ dy·y is
/// what is differentiated, for random dy.
/// </summary>
internal sealed class Notation
{
    private const int Rows = 2;

    private static readonly Origin Here = new(0, "Test");
    private readonly List<Step> forward = [];
    private readonly List<Tensor> variables = [];
    private readonly List<Tensor> constants = [];
    private readonly Dictionary<Tensor, Tensor> gradients = [];
    private readonly Interpreter interpreter = new(Rows);
    private readonly Random random = new(5);
    private IReadOnlyList<Step>? backward;

    /// <summary>The letter of the batch.</summary>
    public Axis N { get; } = new("n", Extent.Rows);

    public IReadOnlyList<Step> Forward => forward;

    /// <summary>The derived steps; there once <see cref="Check"/> was called.</summary>
    public IReadOnlyList<Step> Backward => backward!;

    /// <summary>All derived statements, those of the scans included.</summary>
    public IEnumerable<Statement> BackwardStatements => Backward.SelectMany(s => s is Scan scan ? scan.Body : [(Statement)s]);

    /// <summary>A tensor with random values whose gradient is checked.</summary>
    public Tensor Variable(string symbol, params Extent[] extents)
    {
        var tensor = new Tensor(symbol, TensorRole.Parameter, ElementKind.F32, extents);
        interpreter[tensor] = Sampling.AwayFromKinks(interpreter[tensor].Length, random, -1, 1);
        variables.Add(tensor);
        return tensor;
    }

    /// <summary>A tensor of which no gradient is wanted.</summary>
    public Tensor Constant(string symbol, ElementKind element, double[] values, params Extent[] extents)
    {
        var tensor = new Tensor(symbol, TensorRole.Input, element, extents);
        Assert.Equal(interpreter[tensor].Length, values.Length);
        interpreter[tensor] = values;
        constants.Add(tensor);
        return tensor;
    }

    public static Tensor Local(string symbol, params Extent[] extents) => new(symbol, TensorRole.Local, ElementKind.F32, extents);

    public static Tensor LocalIndex(string symbol, params Extent[] extents) => new(symbol, TensorRole.Local, ElementKind.I32, extents);

    public static Statement Statement(Read target, Fold value) => new(target.Tensor, target.At, value, Store.Assign, Here);

    public void Let(Read target, Fold value) => forward.Add(Statement(target, value));

    public void Scan(Axis along, bool backwards, params Statement[] body) => forward.Add(new Scan(along, backwards, body));

    public double[] Run(Tensor tensor)
    {
        interpreter.Run(forward);
        return interpreter[tensor];
    }

    public double[] Values(Tensor tensor) => interpreter[tensor];

    public Tensor GradientOf(Tensor tensor) => gradients[tensor];

    /// <summary>The derived statements that write a tensor's gradient.</summary>
    public Statement[] To(Tensor tensor) => BackwardStatements.Where(s => s.Target == gradients[tensor]).ToArray();

    /// <summary>Derives the program, runs both directions, and compares every variable's gradient with central differences.</summary>
    public void Check(Tensor output)
    {
        Tensor upstream = Gradient(output)!;
        backward = Derivative.Of(forward, Gradient, [upstream]);
        double[] weights = Sampling.Fill(interpreter, upstream, random).ToArray();
        interpreter.Run(forward);
        foreach (Tensor tensor in BackwardStatements.Select(s => s.Target).Where(t => t != upstream))
        {
            // A buffer holds anything before it is written.
            Array.Fill(interpreter[tensor], double.NaN);
        }

        interpreter.Run(backward);
        foreach (Tensor variable in variables)
        {
            double[] expected = CentralDifferences.Of(() => Run(output).Zip(weights, (y, w) => y * w).Sum(), interpreter[variable]);
            CentralDifferences.AssertClose(expected, interpreter[Gradient(variable)!], 1e-6, "d" + variable.Symbol);
        }

        foreach (Statement statement in BackwardStatements)
        {
            AssertNoBracketCouldBeSolved(statement);
        }
    }

    private Tensor? Gradient(Tensor tensor)
    {
        if (constants.Contains(tensor) || tensor.Element == ElementKind.I32)
        {
            return null;
        }

        if (!gradients.TryGetValue(tensor, out Tensor? gradient))
        {
            gradient = Local("d" + tensor.Symbol, [.. tensor.Extents]);
            gradients.Add(tensor, gradient);
        }

        return gradient;
    }

    // [f = e] where e holds a summed letter once could have been solved for that letter, and its axis spared.
    private static void AssertNoBracketCouldBeSolved(Statement statement)
    {
        foreach (Compare compare in statement.Value.Body.Nodes.OfType<Select>().SelectMany(s => Comparisons(s.When)))
        {
            if (compare is { Op: CompareOp.Equal, Left: IndexValue left, Right: IndexValue right })
            {
                Index difference = left.Index - right.Index;
                Assert.DoesNotContain(difference.Terms, t => t.Coefficient is 1 or -1 && statement.Value.Over.Contains(t.Axis));
            }
        }
    }

    private static IEnumerable<Compare> Comparisons(Pred pred) => pred switch
    {
        Compare compare => [compare],
        And and => Comparisons(and.Left).Concat(Comparisons(and.Right)),
        Not not => Comparisons(not.Operand),
        _ => [],
    };
}
