using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A network with all decisions made: what remains is to write it down.</summary>
internal sealed class NetworkPlan
{
    /// <summary>What inference may lay on the stack, in floats: 32 KB, as <c>Inference.MostFloatsOnStack</c> says.</summary>
    internal const int StackFloats = 8 * 1024;

    // Half of it is half of a first-level cache; all of it was no faster.
    private const int StackFloatsWanted = StackFloats / 2;

    // Rows that share the loads of a matrix: with fewer, it is read anew too often, and more save nothing.
    private const int FewestRowsWanted = 16, MostRowsOnStack = 64;

    /// <summary>
    /// What inference's scratch takes at most, in floats, and by default the workspace, where the parameters are not more: 1 MB, the second-level
    /// cache of today's cores.
    /// </summary>
    private const int WorkspaceFloatsWanted = 256 * 1024;

    private const int MostSamples = 256;

    /// <summary>The sums that threads keep of a total at once, as <c>ThreadTeam.MostGroups</c> says.</summary>
    internal const int MostGroups = 1024;

    private NetworkPlan(Programs programs, UpdatePlan? update, TargetCapabilities target)
    {
        Programs = programs;
        Update = update;
        IsStraightLine = !target.HasVectors && AllPrograms(programs).All(StraightLine.Fits);
        Forward = Plan(programs.Forward, target, isTraining: false, isStep: false, programs.Network.Output);
        Forward = CalledMost(Forward, programs.Forward, target, Line.MostOperations, programs.Network.Output);
        Predict = programs.Predict is null ? null : Plan(programs.Predict, target, isTraining: false, isStep: false);
        Tensor[] gradients = programs.Network.Parameters.Select(programs.Network.GradientOf).ToArray();
        Losses = programs.Losses.Select(l => new LossPlan(
            l.Loss,
            Plan(l.Evaluate, target, isTraining: false, isStep: false),
            Plan(l.Backward, target, isTraining: true, isStep: !HasStep(l), gradients),
            HasStep(l) ? PlanStep(l.TrainStep!, target) : null)).ToArray();
        BackwardFrom = Plan(programs.BackwardFrom, target, isTraining: true, isStep: false, gradients);

        // The optimizer's step is in the pass, if it is short; otherwise it comes behind the gradients, which are most of it.
        bool HasStep(LossPrograms loss) => loss.TrainStep is not null && !IsStraightLine && UpdatePlan.IsShort(programs.Optimizer!);

        MethodPlan[] training = [BackwardFrom, .. Losses.SelectMany(l => l.TrainStep is null ? [l.Backward] : new[] { l.Backward, l.TrainStep })];
        MethodPlan[] inference = [Forward, .. Losses.Select(l => l.Evaluate), .. Predict is null ? Array.Empty<MethodPlan>() : [Predict]];
        int perTrainedSample = training.Max(m => m.Buffers.FloatsPerSample);

        // Every piece of a batch passes over all gradients: where those are more than the cache holds, its rows may be as many floats.
        int packed = training.Max(m => m.Buffers.PackedFloats);
        long trained = programs.Network.Parameters.Where(p => p.Slot!.IsTrainable).Sum(p => (long)p.SizePerSample);
        WorkspaceSamples = programs.Network.Shape.Workspace ?? Fitting(perTrainedSample, (int)Math.Max(WorkspaceFloatsWanted, Math.Min(trained, NetworkLimits.MaxFloats - packed)));
        PackedOffset = ((long)perTrainedSample * WorkspaceSamples + Strategy.MostLanes - 1) / Strategy.MostLanes * Strategy.MostLanes;
        int perLine = training.Max(m => m.Few?.Buffers.FloatsPerSample ?? 0);
        WorkspaceFloats = Math.Max(perLine, packed == 0 ? (long)perTrainedSample * WorkspaceSamples : PackedOffset + packed);
        int perSample = inference.Max(m => m.Buffers.FloatsPerSample);
        UsesStack = perSample <= StackFloats;
        ScratchSamples = UsesStack ? OnStack(Math.Max(1, perSample)) : Fitting(perSample, WorkspaceFloatsWanted);
        if (!IsStraightLine)
        {
            SplitsTraining = training.Any(m => (long)Workload.PerSample(m.Program) * WorkspaceSamples >= Workload.FewestOfThreads);
            ScratchSamples = ScratchSamples < KernelSplit.GranuleOfRows ? ScratchSamples : ScratchSamples / KernelSplit.GranuleOfRows * KernelSplit.GranuleOfRows;
            Forward = SplitSamples(Forward);
            Predict = Predict is null ? null : SplitSamples(Predict);
            Losses = Losses.Select(l => new LossPlan(
                l.Loss,
                SplitSamples(l.Evaluate),
                SplitPieces(l.Backward),
                l.TrainStep is null ? null : SplitPieces(l.TrainStep))).ToArray();
            BackwardFrom = SplitPieces(BackwardFrom);
            if (programs.Optimizer is { IsAlongGradient: true } && Losses.Count > 0 && Losses.All(l => l.TrainStep is { } step && GradientSteps.AreAllOf(l.Backward, step)))
            {
                Losses = Losses.Select(l => l with { Backward = GradientSteps.In(l.Backward, programs.Network) with { IsOfAnyScale = true } }).ToArray();
                BackwardFrom = GradientSteps.In(BackwardFrom, programs.Network);
            }

            Losses = Losses.Select(l => l with { Backward = Meeting(l.Backward), TrainStep = l.TrainStep is null ? null : Meeting(l.TrainStep) }).ToArray();
            BackwardFrom = Meeting(BackwardFrom);
            SharePasses();
        }

        ScratchFloats = UsesStack ? 0 : (long)perSample * ScratchSamples;
    }

    public Programs Programs { get; }

    public bool IsStraightLine { get; }

    public MethodPlan Forward { get; private set; }

    public MethodPlan? Predict { get; private set; }

    public IReadOnlyList<LossPlan> Losses { get; private set; }

    public MethodPlan BackwardFrom { get; private set; }

    public UpdatePlan? Update { get; }

    /// <summary>How many samples training works on at once.</summary>
    public int WorkspaceSamples { get; }

    public long WorkspaceFloats { get; }

    /// <summary>Where in the workspace packed copies lie, in floats.</summary>
    public long PackedOffset { get; }

    /// <summary>How many samples inference works on at once.</summary>
    public int ScratchSamples { get; }

    /// <summary>What inference rents from the object; 0 where it lies on the stack.</summary>
    public long ScratchFloats { get; }

    /// <summary>Inference's scratch lies on the stack.</summary>
    public bool UsesStack { get; }

    /// <summary>Training's kernels have ranges, of which each thread works on its own.</summary>
    public bool SplitsTraining { get; }

    public static NetworkPlan For(Network network, TargetCapabilities target)
    {
        Programs programs = Programs.Of(network);
        return new NetworkPlan(programs, programs.Optimizer is { } optimizer ? UpdatePlan.For(optimizer, network, target) : null, target);
    }

    private static IEnumerable<NetworkProgram> AllPrograms(Programs programs) =>
        programs.Losses.SelectMany(l => new[] { l.Evaluate, l.Backward }).Append(programs.Forward).Append(programs.BackwardFrom);

    private MethodPlan Plan(NetworkProgram program, TargetCapabilities target, bool isTraining, bool isStep, params Tensor[] live)
    {
        if (IsStraightLine)
        {
            return new MethodPlan(program, [], BufferPlan.For([], live), MethodForm.ScalarLine);
        }

        NetworkProgram own = program;
        IReadOnlyList<Kernel> kernels = KernelFusion.Fuse(BatchSums.Apart(program), live, mayPack: isTraining, isLine: false, target);
        if (isTraining && kernels.Any(k => k.Strategy is RowByRow { Blocks.Product: not null }) && LabelTerms.In(program) is { } apart
            && KernelFusion.Fuse(BatchSums.Apart(apart.Program), live, mayPack: isTraining, isLine: false, target) is var others
            && others.Any(k => k.Strategy is RowByRow { Blocks.Product: not null } && k.Stored.Contains(apart.Terms)))
        {
            (own, kernels) = (apart.Program, others);
        }

        kernels = kernels.Select(WithinWorkspace).ToArray();
        return new MethodPlan(own, kernels, BufferPlan.For(kernels, live), MethodForm.Kernels) { Few = target.HasVectors ? PlanFew(program, live, target, isStep ? Line.MostOperationsOfStep : Line.MostOperations) : null };
    }

    // No piece has as many rows as a copy wants, where the user wants pieces of fewer.
    private Kernel WithinWorkspace(Kernel kernel) => kernel.Packing is { } packing && Math.Min(packing.FewestRows, packing.FewestRowsInFewRegisters) > Programs.Network.Shape.Workspace
        ? kernel with { Packing = null }
        : kernel;

    // Inference: samples are independent of each other, and each thread has a range of them.
    private MethodPlan SplitSamples(MethodPlan method) => method with
    {
        Kernels = method.Kernels.Select(k => SplitsTraining || k.IsTotal ? Split(k) : k).ToArray(),
        Split = new MethodSplit(CanGather(method) ? Workload.PerSample(method.Program) : 0, Math.Min(KernelSplit.GranuleOfRows, ScratchSamples), IsWithinPieces: false),
    };

    // Training: the sums over a batch's rows are shared by what they are sums for, and all else by rows.
    private MethodPlan SplitPieces(MethodPlan method)
    {
        if (!SplitsTraining)
        {
            return method with { Kernels = method.Kernels.Select(k => k.IsTotal ? Split(k) : k).ToArray() };
        }

        // No more groups in a piece than are kept.
        int groups = (WorkspaceSamples + (KernelSplit.GranuleOfRows * MostGroups) - 1) / (KernelSplit.GranuleOfRows * MostGroups);
        return method with
        {
            Kernels = method.Kernels.Select(k => Split(k)).ToArray(),
            Split = CanGather(method) ? new MethodSplit(Workload.PerSample(method.Program), KernelSplit.GranuleOfRows * groups, IsWithinPieces: true) : null,
        };
    }

    private MethodPlan Meeting(MethodPlan method) => SplitsTraining ? method with { Kernels = Meetings.Arrange(method.Kernels, method.Buffers) } : method;

    // What threads keep of a total is for one total.
    private static bool CanGather(MethodPlan method) =>
        method.Kernels.Where(k => k.IsTotal).ToArray() is var totals && (totals.Length == 0 || (totals.Length == 1 && KernelSplit.Of(totals[0]) is not null));

    private static Kernel Split(Kernel kernel) => kernel with
    {
        Split = KernelSplit.Of(kernel),
        Packing = kernel.Packing is null ? null : kernel.Packing with { Product = Split(kernel.Packing.Product) },
        Strategy = kernel.Strategy is RowByRow { Blocks.Product: { } product } rows ? rows.Of(Split(product)) : kernel.Strategy,
    };

    private void SharePasses()
    {
        IEnumerable<MethodPlan?> all = new[] { Forward, Predict, BackwardFrom }.Concat(Losses.SelectMany(l => new[] { l.Evaluate, l.Backward, l.Backward.IsOfAnyScale ? null : l.TrainStep }));
        MethodPlan[] methods = all.OfType<MethodPlan>().ToArray();
        IReadOnlyList<MethodPlan> shared = Pass.In(methods, Programs.Network.Shape.Loss?.Place);
        MethodPlan Of(MethodPlan method) => shared[Array.FindIndex(methods, m => ReferenceEquals(m, method))];
        Forward = Of(Forward);
        Predict = Predict is null ? null : Of(Predict);
        BackwardFrom = Of(BackwardFrom);
        Losses = Losses.Select(l => new LossPlan(l.Loss, Of(l.Evaluate), Of(l.Backward), l.TrainStep is null || l.Backward.IsOfAnyScale ? l.TrainStep : Of(l.TrainStep))).ToArray();
    }

    private MethodPlan PlanStep(NetworkProgram program, TargetCapabilities target)
    {
        MethodPlan step = Plan(program, target, isTraining: true, isStep: true);
        return (step.Few ?? PlanOne(program, target, Line.MostOperationsOfStep)) is { } few ? step with { Few = few with { IsCalledMost = true } } : step;
    }

    private MethodPlan CalledMost(MethodPlan method, NetworkProgram program, TargetCapabilities target, int mostOperations, params Tensor[] live) =>
        (method.Few ?? PlanOne(program, target, mostOperations, live)) is { } few && LineBeyond.In(few.Kernels, live) is var kernels
            ? method with { Few = LinePairs.In(few with { IsCalledMost = true, Kernels = kernels, Buffers = BufferPlan.For(kernels, live, isLine: true) }) }
            : method;

    private static MethodPlan? PlanFew(NetworkProgram program, Tensor[] live, TargetCapabilities target, int mostOperations) =>
        Line.MayFit(program, mostOperations) && PlanLine(program, live, target) is var line && Line.Fits(line.Kernels, mostOperations) && Line.MostSamples(line.Kernels) is var most
            ? line with { MostSamples = most, MostSamplesInFewRegisters = most }
            : null;

    private MethodPlan? PlanOne(NetworkProgram program, TargetCapabilities target, int mostOperations, params Tensor[] live) =>
        target.HasVectors && !IsStraightLine && Line.MayFitInLoops(program) && PlanLine(program, live, target, isInLoops: true) is var line && Line.FitsInLoops(line.Kernels, mostOperations)
            ? line
            : null;

    private static MethodPlan PlanLine(NetworkProgram program, Tensor[] live, TargetCapabilities target, bool isInLoops = false)
    {
        NetworkProgram one = ShortProducts.In(Line.WithAdditions(Line.OfOneSample(program)), live);
        IReadOnlyList<Kernel> kernels = LineEnds.In(KernelFusion.Fuse(one, live, mayPack: false, isLine: true, target));
        kernels = isInLoops ? LineLoops.OverColumns(kernels) : kernels;
        return new MethodPlan(one, kernels, BufferPlan.For(kernels, live, isLine: true), MethodForm.Line);
    }

    private static int OnStack(int perSample) => Math.Min(StackFloats / perSample, Math.Min(MostRowsOnStack, Math.Max(FewestRowsWanted, StackFloatsWanted / perSample)));

    // As many samples as fit, a multiple of 8; a handful where hardly one does, and no more than can be addressed.
    private static int Fitting(int floatsPerSample, int floats)
    {
        int perSample = Math.Max(1, floatsPerSample);
        int samples = Math.Max(8, Math.Min(MostSamples, floats / perSample) / 8 * 8);
        return Math.Max(1, Math.Min(samples, NetworkLimits.MaxFloats / perSample));
    }
}

/// <param name="Loss">The loss.</param>
/// <param name="Evaluate">Its value alone.</param>
/// <param name="Backward">Its value and all gradients.</param>
/// <param name="TrainStep">Its value, and all parameters after a step; null where the step is a pass of its own.</param>
internal sealed record LossPlan(DefinedLoss Loss, MethodPlan Evaluate, MethodPlan Backward, MethodPlan? TrainStep);
