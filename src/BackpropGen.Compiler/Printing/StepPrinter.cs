using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the optimizer's step: the numbers that all parameters share, and the runs of parameters.</summary>
/// <param name="section">Where to.</param>
internal sealed class StepPrinter(Section section)
{
    private CodeWriter Writer => section.Entries;

    /// <summary>The entry point for the gradients that are there.</summary>
    public Entry Print(UpdatePlan update)
    {
        Writer.Separate();
        var entry = new Entry("void", "Step", "NetworkMemory memory");
        Writer.Open("public static void Step(NetworkMemory memory)");
        TeamPrinter? team = update.IsSplit ? new TeamPrinter(Writer, Share.Of(entry)) : null;
        if (team is not null)
        {
            team.GatherForStep(update.Trained);
            Writer.Line("memory.StepCount++;");
            Writer.Close();
            team.OpenShare();
        }

        Scalars(update, isCounted: team is not null);
        int done = 0;
        foreach ((int offset, int length) in update.Runs)
        {
            Run(update, offset, length, done, done == 0);
            done += length;
        }

        if (team is not null)
        {
            team.CloseShare();
            return entry;
        }

        Writer.Line("memory.StepCount = step;");
        Writer.Close();
        return entry;
    }

    /// <summary>The numbers of a step, which are the same for all parameters: in double, and for a line, which passes them to nobody, as it reads them.</summary>
    /// <param name="update">The step.</param>
    /// <param name="isLine">They are for a line.</param>
    /// <param name="isCounted">Threads share the step, and whoever gathers them counts it.</param>
    public void Scalars(UpdatePlan update, bool isLine = false, bool isCounted = false)
    {
        HashSet<Tensor> used = [.. update.Kernel.Scalars.Concat(update.Scope.Scalars.SelectMany(s => s.Reads).Select(r => r.Tensor))];
        string type = isLine ? "float" : "double";
        if (!isCounted || update.Scope.Scalars.Where(s => used.Contains(s.Target)).SelectMany(s => s.Reads).Any(r => r.Tensor == update.Scope.StepTensor))
        {
            Writer.Line("long step = memory.StepCount + 1;");
        }

        if (isLine ? update.Kernel.Scalars.Contains(update.Scope.RateTensor) : used.Contains(update.Scope.RateTensor))
        {
            Writer.Line($"{type} rate = memory.LearningRate;");
        }

        foreach (Statement scalar in update.Scope.Scalars.Where(s => used.Contains(s.Target)))
        {
            string value = ScalarPrinter.Print(isLine ? FromMemory(scalar.Value.Body) : scalar.Value.Body);
            Writer.Line($"{type} {scalar.Target.Symbol} = {(isLine ? $"(float)({value})" : value)}; // {MathPrinter.Statement(scalar)}");
        }

        Expr FromMemory(Expr e) => e is Read read && read.Tensor == update.Scope.RateTensor
            ? new Tensor("(double)memory.LearningRate", TensorRole.Scalar, ElementKind.F64)[[]]
            : e.Map(FromMemory);
    }

    // A run of parameters, or this thread's part of it.
    private void Run(UpdatePlan update, int offset, int length, int done, bool isFirst)
    {
        Kernel kernel = update.Kernel;
        var arguments = new List<string> { update.IsSplit ? "count" : Places.Number(length) };
        arguments.AddRange(kernel.Scalars.Select(s => "(float)" + s.Symbol));
        foreach (Tensor tensor in kernel.Memory)
        {
            (string memory, int place) = tensor.Role switch
            {
                TensorRole.Parameter => ("memory.ParameterAt", offset),
                TensorRole.Gradient => ("memory.GradientAt", offset),
                _ => ("memory.OptimizerStateAt", (update.Scope.States.IndexOf(tensor) * update.Trained) + done),
            };
            string distance = !update.IsSplit ? Places.Number(place) : place == 0 ? "begin" : $"{Places.Number(place)} + begin";
            arguments.Add($"ref {memory}({distance})");
        }

        if (update.IsSplit)
        {
            string range = $"({Places.Number(length)}, {Places.Number(Strategy.MostLanes)})";
            Writer.Line($"{(isFirst ? "int " : string.Empty)}begin = share.Begin{range};");
            Writer.Line($"{(isFirst ? "int " : string.Empty)}count = share.End{range} - begin; // this thread's part of a run");
        }

        Writer.Line($"{section.KernelName(kernel)}({string.Join(", ", arguments)});");
    }
}
