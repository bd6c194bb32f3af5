using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Groups a program's statements into kernels: a statement without a sum joins the kernel that makes what it reads, where it runs over the
/// same letters, so that bias, activation and derivative cost no pass of their own.
/// </summary>
internal static class KernelFusion
{
    /// <param name="program">The statements.</param>
    /// <param name="live">What is read after the program.</param>
    /// <param name="mayPack">There is room for packed copies.</param>
    /// <param name="isLine">The kernels are to be written out for one sample.</param>
    /// <param name="target">What the code may use.</param>
    public static IReadOnlyList<Kernel> Fuse(NetworkProgram program, IReadOnlyCollection<Tensor> live, bool mayPack, bool isLine, TargetCapabilities target)
    {
        List<Group> groups = [];
        foreach (LiveStatement statement in program.Statements)
        {
            if (!TryJoin(groups, statement, isLine))
            {
                groups.Add(new Group(statement));
            }
        }

        // How many groups read a tensor: what more than its own group reads is stored.
        var readers = new Dictionary<Tensor, int>();
        foreach (Tensor tensor in groups.SelectMany(g => g.Reads))
        {
            readers[tensor] = readers.TryGetValue(tensor, out int count) ? count + 1 : 1;
        }

        var kernels = new List<Kernel>();
        // What only the input's gradient wants comes last: nothing else reads it.
        foreach (Group group in groups.OrderBy(g => g.IfRequested))
        {
            HashSet<Tensor> own = group.Reads;
            Tensor[] stored = group.Statements.Select(s => s.Target).Distinct()
                .Where(t => t.Role is not (TensorRole.Local or TensorRole.Gradient) || live.Contains(t)
                    || (readers.TryGetValue(t, out int count) && count > (own.Contains(t) ? 1 : 0)))
                .ToArray();
            kernels.Add(new Kernel(string.Empty, group.Statements, stored, group.IfRequested, StrategyChoice.For(group.Statements, target, isLine)));
        }

        // What is only requested is not packed: few calls ask for it, and all would read its code.
        return KernelNames.Name(isLine ? kernels : RowGrouping.Group(kernels, live, target))
            .SelectMany(k => isLine ? [k] : LastColumn.Apart(k, mayPack, target))
            .Select(k => mayPack && !k.IfRequested && Packing.For(k, target) is { } packing ? packing.Beside(k) : k)
            .ToArray();
    }

    private static bool TryJoin(List<Group> groups, LiveStatement candidate, bool isLine)
    {
        Statement statement = candidate.Statement;
        if (statement.Value.Kind != ReduceKind.None || statement.At.Any(i => i.Pure is null))
        {
            return false;
        }

        // The latest group that makes something it reads or adds to: all else that it reads is there by then.
        var touched = new HashSet<Tensor>(statement.Reads.Select(r => r.Tensor)) { statement.Target };
        Group? group = groups.FindLast(g => g.Statements.Any(s => touched.Contains(s.Target)));
        if (group is null || group.IfRequested != candidate.IfRequested || group.Statements[0].Target.Element != ElementKind.F32)
        {
            return false;
        }

        // A function is many instructions: where it stands in a loop of its own, no lane is idle, and the tile before it stays small.
        if (!isLine && group.Statements[0].Value.Kind != ReduceKind.None && statement.Value.Body.Nodes.Any(e => e is Unary { IsFunction: true }))
        {
            return false;
        }

        // What it overwrites must not be wanted by what comes after the group.
        Statement lead = group.Statements[0];
        if (groups.SkipWhile(g => g != group).Skip(1).Any(g => g.Statements.Any(s => s.Target == statement.Target || s.Reads.Any(r => r.Tensor == statement.Target))))
        {
            return false;
        }

        foreach (Read read in statement.Reads.Where(r => group.Statements.Any(s => s.Target == r.Tensor)))
        {
            if (Renaming(read.At, lead, statement.Free) is { } renaming)
            {
                Statement renamed = statement.Substitute(a => renaming[a]);
                bool inPlace = renamed.At.Equals(lead.At)
                    && renamed.Reads.Where(r => group.Statements.Any(s => s.Target == r.Tensor)).All(r => r.At.Equals(lead.At));
                if (inPlace)
                {
                    group.Statements.Add(renamed);
                    return true;
                }
            }
        }

        return false;
    }

    // From the statement's letters to the lead's, by their places in what is read.
    private static Dictionary<Axis, Axis>? Renaming(EquatableArray<Index> read, Statement lead, IReadOnlyList<Axis> free)
    {
        if (read.Count != lead.At.Count)
        {
            return null;
        }

        var renaming = new Dictionary<Axis, Axis>();
        for (int i = 0; i < read.Count; i++)
        {
            if (read[i].Pure is not { } own || lead.At[i].Pure is not { } its || own.Extent != its.Extent || renaming.ContainsKey(own))
            {
                return null;
            }

            renaming.Add(own, its);
        }

        return free.All(renaming.ContainsKey) && renaming.Count == free.Count ? renaming : null;
    }

    private sealed class Group(LiveStatement first)
    {
        public List<Statement> Statements { get; } = [first.Statement];

        public bool IfRequested { get; } = first.IfRequested;

        public HashSet<Tensor> Reads => [.. Statements.SelectMany(s => s.Reads).Select(r => r.Tensor)];
    }
}
