using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BackpropGen.Compiler;

/// <summary>What a network needs, read off the plan and the text that it is emitted by, and how that is shared out among its layers.</summary>
internal static class NetworkNeeds
{
    /// <summary>Headers, and what aligns the five stores of an object to 64 bytes.</summary>
    private const int ObjectBytes = 1280;

    /// <summary>Bytes of memory that an object takes; with inference on one thread.</summary>
    public static Need Memory(NetworkPlan plan)
    {
        Network network = plan.Programs.Network;
        int states = plan.Update?.Scope.States.Count ?? 0;
        var shares = new Shares();
        foreach (DefinedLayer layer in network.Layers)
        {
            IEnumerable<ParameterSlot> slots = layer.Forward.SelectMany(s => s.Reads).Select(r => r.Tensor)
                .Where(t => t.Role == TensorRole.Parameter).Distinct().Select(t => t.Slot!);
            shares.Add(layer.Origin.Layer, slots.Sum(s => 4L * s.Length * (2 + (s.IsTrainable ? states : 0))));
        }

        NetworkProgram training = plan.Losses.Count > 0 ? plan.Losses[0].Backward.Program : plan.BackwardFrom.Program;
        shares.Divide(4 * plan.WorkspaceFloats, Locals(training));
        shares.Divide(4 * plan.ScratchFloats, Locals(plan.Forward.Program));
        long floats = (2L * network.ParameterCount) + (plan.Update?.StateCount ?? 0) + plan.WorkspaceFloats + plan.ScratchFloats;
        return new Need((4 * floats) + ObjectBytes, shares.Largest);
    }

    /// <summary>Multiply-adds of one sample's inference.</summary>
    public static Need MultiplyAdds(NetworkPlan plan)
    {
        NetworkProgram forward = plan.Forward.Program;
        var shares = new Shares();
        foreach (LiveStatement statement in forward.Statements)
        {
            shares.Add(statement.Statement.Origin.Layer, Summary.MultiplyAdds(forward with { Statements = [statement] }));
        }

        return new Need(Summary.MultiplyAdds(forward), shares.Largest);
    }

    /// <summary>Bytes of C#, without what only people read.</summary>
    public static Need Code(NetworkPlan plan, string emitted)
    {
        long total = 0;
        foreach (string line in emitted.Split('\n'))
        {
            string text = line.Trim();
            int comment = text.IndexOf("//", StringComparison.Ordinal);
            text = comment < 0 ? text : text.Substring(0, comment).TrimEnd();
            total += text.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(text) + 1;
        }

        // What is written out goes by its elements, what loops by its text.
        var weights = new Dictionary<int, long>();
        foreach (MethodPlan method in Methods(plan))
        {
            IEnumerable<(int Layer, long Weight)> parts = method.Form == MethodForm.Kernels
                ? method.Kernels.Select(k => (k.Lead.Origin.Layer, (long)Printed(k).Length))
                : method.Program.Statements.Select(s => (s.Statement.Origin.Layer, Elements(s.Statement)));
            foreach ((int layer, long weight) in parts)
            {
                weights[layer] = (weights.TryGetValue(layer, out long sum) ? sum : 0) + weight;
            }
        }

        var shares = new Shares();
        shares.Divide(total, weights);
        return new Need(total, shares.Largest);
    }

    private static IEnumerable<MethodPlan> Methods(NetworkPlan plan)
    {
        yield return plan.Forward;
        yield return plan.BackwardFrom;
        foreach (LossPlan loss in plan.Losses)
        {
            yield return loss.Evaluate;
            yield return loss.Backward;
            if (loss.TrainStep is { } step)
            {
                yield return step;
            }
        }
    }

    private static string Printed(Kernel kernel)
    {
        var writer = new CodeWriter();
        KernelPrinter.Print(kernel, writer);
        return writer.ToString();
    }

    private static long Elements(Statement statement) => statement.Free.Concat(statement.Value.Over)
        .Where(a => a.Extent.IsConstant).Aggregate(1L, (size, a) => size * a.Extent.Value);

    private static Dictionary<int, long> Locals(NetworkProgram program) => program.Statements
        .Where(s => s.Statement.Target.Role == TensorRole.Local)
        .GroupBy(s => s.Statement.Origin.Layer, s => s.Statement.Target)
        .ToDictionary(g => g.Key, g => g.Distinct().Sum(t => (long)t.SizePerSample));

    /// <summary>What falls to each attribute, by its place; what belongs to none falls to nobody.</summary>
    private sealed class Shares
    {
        private readonly SortedDictionary<int, long> shares = [];

        /// <summary>The attribute that takes most, the first of several; null where none takes anything.</summary>
        public (int Place, long Amount)? Largest
        {
            get
            {
                (int Place, long Amount)? largest = null;
                foreach (KeyValuePair<int, long> share in shares.Where(s => s.Key >= 0))
                {
                    largest = share.Value > (largest?.Amount ?? 0) ? (share.Key, share.Value) : largest;
                }

                return largest;
            }
        }

        public void Add(int place, long amount) => shares[place] = (shares.TryGetValue(place, out long sum) ? sum : 0) + amount;

        public void Divide(long amount, IReadOnlyDictionary<int, long> weights)
        {
            double all = weights.Values.Sum();
            foreach (KeyValuePair<int, long> weight in weights.Where(w => w.Value > 0))
            {
                Add(weight.Key, (long)(amount * (weight.Value / all)));
            }
        }
    }
}

/// <param name="Amount">How much the network needs.</param>
/// <param name="Largest">The place of the attribute that takes most, and how much; null where it falls to none.</param>
internal sealed record Need(long Amount, (int Place, long Amount)? Largest);
