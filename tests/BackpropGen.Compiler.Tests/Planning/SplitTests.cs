using System.Collections.Generic;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Tests.SampleNetworks;

namespace BackpropGen.Compiler.Tests;

/// <summary>How threads share kernels: no value belongs to two of them, and they wait where one needs what another makes.</summary>
public class SplitTests
{
    [Fact]
    public void Rows_are_split_where_they_are_independent_and_a_gradient_by_its_own_rows()
    {
        NetworkPlan plan = Plan(Affine(256, 256), Sampling.Declare("Relu"), Affine(256, 64), Sampling.Declare("MseLoss"), Sampling.Declare("Sgd", ("rate", 0.1f)));
        MethodPlan step = plan.Losses[0].TrainStep!;

        Assert.True(plan.SplitsTraining);
        Assert.True(step.Split!.IsWithinPieces);
        Assert.All(step.Kernels, kernel => Assert.Equal(kernel.Lead.Target.HasBatch || kernel.IsTotal, kernel.Split?.IsOfRows ?? false));
        Kernel weights = step.Kernels.Single(k => k.Name == "Affine1WeightsUpdate");
        Assert.Equal(256, weights.Split!.Axis.Extent.Value);
        Assert.False(weights.Split.IsOfRows);
        Assert.InRange(weights.Split.Granule, TileHeights.Lowest, 8);
        Assert.True(step.Kernels.Single(k => k.IsTotal).Split!.Gathers);
    }

    [Fact]
    public void Threads_wait_between_what_writes_rows_and_what_sums_over_all_of_them() => ForEachSplitMethod((method, kernels) =>
    {
        var written = new HashSet<Tensor>();
        foreach (Kernel kernel in kernels)
        {
            if (kernel.Waits)
            {
                written.Clear();
            }

            if (kernel.Split is not { IsOfRows: true })
            {
                Assert.DoesNotContain(kernel.Memory, written.Contains);
            }

            written.UnionWith(kernel.Stored);
        }
    });

    [Fact]
    public void Nobody_writes_to_a_place_that_another_thread_may_still_read() => ForEachSplitMethod((method, kernels) =>
    {
        var touched = new HashSet<Tensor>();
        foreach (Kernel kernel in kernels)
        {
            if (kernel.Waits)
            {
                touched.Clear();
            }

            foreach (Tensor stored in kernel.Stored.Where(method.Buffers.Offsets.ContainsKey))
            {
                int start = method.Buffers.Offsets[stored];
                Assert.DoesNotContain(touched, t => t != stored && method.Buffers.Offsets.TryGetValue(t, out int other)
                    && other < start + stored.SizePerSample && start < other + t.SizePerSample);
            }

            touched.UnionWith(kernel.Memory);
        }
    });

    [Fact]
    public void A_parameter_is_stepped_when_no_other_thread_reads_it()
    {
        NetworkPlan plan = Plan(Affine(256, 256), Sampling.Declare("Relu"), Affine(256, 256), Sampling.Declare("Relu"), Affine(256, 64), Sampling.Declare("MseLoss"), Sampling.Declare("Sgd", ("rate", 0.1f)));
        IReadOnlyList<Kernel> backward = plan.Losses[0].Backward.Kernels;
        Assert.Equal(6, backward.Count(k => k.Steps is not null));
        StepsAlone(backward);
        ForEachSplitMethod((_, kernels) => StepsAlone(kernels));
    }

    private static void StepsAlone(IReadOnlyList<Kernel> kernels)
    {
        var touched = new HashSet<Tensor>();
        var stepped = new HashSet<Tensor>();
        foreach (Kernel kernel in kernels.Where(k => !k.IfRequested))
        {
            if (kernel.Waits)
            {
                touched.Clear();
                stepped.Clear();
            }

            Assert.DoesNotContain(kernel.Memory, stepped.Contains);
            touched.UnionWith(kernel.Memory);
            foreach (Tensor parameter in kernel.Stored.Where(t => t.Role == TensorRole.Parameter).Concat(kernel.Steps is { } one ? [one] : []))
            {
                Assert.DoesNotContain(touched.Except(kernel.Stored), t => t == parameter);
                stepped.Add(parameter);
            }
        }
    }

    [Fact]
    public void What_is_written_by_ranges_of_an_axis_has_that_axis() => ForEachSplitMethod((_, kernels) =>
    {
        foreach (Kernel kernel in kernels.Where(k => k.Split is { IsOfRows: false }))
        {
            Assert.All(kernel.Statements, s => Assert.NotEqual(0, Strides.Along(s.Target, s.At, kernel.Split!.Axis)));
        }
    });

    [Fact]
    public void Small_networks_train_on_one_thread() =>
        Assert.False(Plan(Affine(8, 16), Sampling.Declare("Tanh"), Affine(16, 16), Sampling.Declare("Tanh"), Affine(16, 2), Sampling.Declare("MseLoss")).SplitsTraining);

    [Fact]
    public void A_piece_of_inference_is_whole_ranges() => Assert.All(All.Select(Plan), plan =>
    {
        Assert.NotNull(plan.Forward.Split);
        Assert.Equal(0, plan.ScratchSamples % plan.Forward.Split.Granule);
    });

    private static void ForEachSplitMethod(System.Action<MethodPlan, IReadOnlyList<Kernel>> law)
    {
        int kernels = 0;
        foreach (LayerDeclaration[] layers in All.Where(l => l[0].Kind == "Affine" && l.Length > 2))
        {
            // Wide enough that the planner splits the training.
            NetworkPlan plan = Plan([Affine(300, 20), .. layers]);
            Assert.True(plan.SplitsTraining);
            foreach (MethodPlan method in Methods(plan).Where(m => m.Split is { IsWithinPieces: true }))
            {
                law(method, method.Kernels);
                kernels += method.Kernels.Count;
            }
        }

        Assert.True(kernels > 300);
    }
}
