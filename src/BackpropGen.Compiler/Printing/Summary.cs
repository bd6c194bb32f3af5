using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The network as a person would sum it up: its layers with their formulas, its size, what a sample costs.</summary>
internal static class Summary
{
    private static readonly string[] Heads = ["layer", "output", "parameters", "forward", "backward"];

    public static IEnumerable<string> Table(NetworkPlan plan)
    {
        Network network = plan.Programs.Network;
        List<string[]> rows = [Heads];
        IReadOnlyList<Step> backward = network.Backward(plan.Programs.OutputGradient, plan.Programs.InputGradient);
        foreach (DefinedLayer layer in network.Layers)
        {
            string[] forwards = layer.Forward.Select(Formula).ToArray();
            string[] backwards = backward.Cast<Statement>().Where(s => s.Origin.Layer == layer.Origin.Layer).Select(Formula).ToArray();
            long parameters = layer.Placed.Attribute.ParameterCount;
            for (int i = 0; i < Math.Max(forwards.Length, backwards.Length); i++)
            {
                rows.Add([
                    i == 0 ? layer.Placed.Description : string.Empty,
                    i == 0 ? layer.Placed.Output.ToString() : string.Empty,
                    i == 0 && parameters > 0 ? Literals.Grouped(parameters) : string.Empty,
                    i < forwards.Length ? forwards[i] : string.Empty,
                    i < backwards.Length ? backwards[i] : string.Empty]);
            }
        }

        if (plan.Losses.Count > 0)
        {
            DefinedLoss loss = plan.Losses[0].Loss;
            string[] forwards = loss.Forward.Select(Formula).ToArray();
            string[] backwards = loss.Backward(plan.Programs.OutputGradient).Cast<Statement>().Select(Formula).ToArray();
            for (int i = 0; i < Math.Max(forwards.Length, backwards.Length); i++)
            {
                rows.Add([
                    i == 0 ? network.Shape.Loss!.Description : string.Empty,
                    string.Empty,
                    string.Empty,
                    i < forwards.Length ? forwards[i] : string.Empty,
                    i < backwards.Length ? backwards[i] : string.Empty]);
            }
        }

        int[] widths = Enumerable.Range(0, 5).Select(c => rows.Max(r => r[c].Length)).ToArray();
        return rows.Select(r => string.Join("  ", r.Select((cell, c) => c is 1 or 2 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
    }

    public static IEnumerable<string> Figures(NetworkPlan plan)
    {
        Network network = plan.Programs.Network;
        NetworkProgram training = plan.Losses.Count > 0 ? plan.Losses[0].Backward.Program : plan.BackwardFrom.Program;
        yield return string.Format(
            CultureInfo.InvariantCulture,
            "{0} in, {1} out, {2}. A sample takes {3} multiply-adds forward, {4} forward and backward.",
            network.Shape.Input,
            network.Shape.Output,
            Count(network.ParameterCount, "parameter"),
            Literals.Grouped(MultiplyAdds(plan.Forward.Program)),
            Literals.Grouped(MultiplyAdds(training)));
        yield return plan.WorkspaceFloats == 0
            ? "Training needs no workspace."
            : string.Format(
                CultureInfo.InvariantCulture,
                "Training works on up to {0} at once, in a workspace of {1} bytes.",
                Count(plan.WorkspaceSamples, "sample"),
                Literals.Grouped(4 * plan.WorkspaceFloats));
        if (plan.Update is { } update)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} steps: {1}.",
                network.Shape.OptimizerDescription,
                string.Join("; ", update.Scope.Statements.Select(MathPrinter.Statement)));
        }
    }

    /// <summary>Products that are summed, per sample; the batch's own sums count once per sample.</summary>
    public static long MultiplyAdds(NetworkProgram program) => program.Statements
        .Where(s => !s.IfRequested && s.Statement.Value is { Kind: ReduceKind.Sum, Body: Binary { Op: BinaryOp.Multiply, Left: Read, Right: Read } })
        .Sum(s => s.Statement.Free.Concat(s.Statement.Value.Over).Where(a => a.Extent.IsConstant).Aggregate(1L, (size, a) => size * a.Extent.Value));

    private static string Count(long count, string what) => $"{Literals.Grouped(count)} {what}{(count == 1 ? string.Empty : "s")}";

    private static string Formula(Statement statement) => MathPrinter.Matrices(statement with { Store = Store.Assign }) ?? MathPrinter.Indices(statement);
}
