using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The optimizer's step: one pass over every run of parameters that may be trained.</summary>
/// <param name="Scope">What the optimizer states.</param>
/// <param name="Kernel">The pass.</param>
/// <param name="Runs">The runs of trainable parameters: the first, and how many.</param>
internal sealed record UpdatePlan(OptimizerScope Scope, Kernel Kernel, IReadOnlyList<(int Offset, int Length)> Runs)
{
    /// <summary>The most operations of an update that is worth being part of every tile of a gradient: the code of a longer one would be too long.</summary>
    private const int MostOfTile = 8;

    /// <summary>The parameters that are trained: what each state tensor holds a value for.</summary>
    public int Trained => Runs.Sum(r => r.Length);

    /// <summary>Threads may share it: it is long enough.</summary>
    public bool IsSplit => (long)Trained * Workload.OfUpdate >= Workload.FewestOfThreads;

    public long StateCount => (long)Trained * Scope.States.Count;

    /// <summary>The update is a few operations, and can be part of what computes the gradient.</summary>
    public static bool IsShort(OptimizerScope scope) => scope.Statements.SelectMany(s => s.Value.Body.Nodes).Count(e => e is Unary or Binary) <= MostOfTile;

    public static UpdatePlan For(OptimizerScope scope, Network network, TargetCapabilities target)
    {
        Tensor[] stored = scope.Statements.Select(s => s.Target).Distinct().Where(t => t.Role != TensorRole.Local).ToArray();
        var kernel = new Kernel("Update", scope.Statements, stored, false, StrategyChoice.For(scope.Statements, target)) { Rows = "count" };
        var runs = new List<(int Offset, int Length)>();
        foreach (ParameterSlot slot in network.Parameters.Select(p => p.Slot!).Where(s => s.IsTrainable))
        {
            if (runs.Count > 0 && runs[runs.Count - 1] is var last && last.Offset + last.Length == slot.Offset)
            {
                runs[runs.Count - 1] = (last.Offset, last.Length + slot.Length);
            }
            else
            {
                runs.Add((slot.Offset, slot.Length));
            }
        }

        return new UpdatePlan(scope, kernel, runs);
    }
}
