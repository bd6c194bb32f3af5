using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Tests.SampleNetworks;

namespace BackpropGen.Compiler.Tests;

/// <summary>What must hold for every plan: fusing, reordering and sharing places change nothing.</summary>
public class PlanLaws
{
    private const int Samples = 3;

    [Fact]
    public void No_value_is_overwritten_while_somebody_still_reads_it() => ForEachMethod((plan, method) =>
    {
        Tensor[] elsewhere = method == plan.Forward ? [plan.Programs.Network.Output] : [];
        var owners = new Tensor?[method.Buffers.FloatsPerSample];
        foreach (Kernel kernel in method.Kernels)
        {
            Tensor[] reads = Own(kernel.Memory.Where(t => !kernel.Stored.Contains(t) || kernel.Statements.Any(s => s.Store == Store.Accumulate && s.Target == t)));
            foreach (Tensor read in reads)
            {
                Assert.All(Place(read), owner => Assert.Same(read, owner));
            }

            foreach (Tensor stored in Own(kernel.Stored))
            {
                // A kernel's own reads stay until it is done: its rows are not written in the order in which they are read.
                Assert.All(Place(stored), owner => Assert.True(owner == stored || !reads.Contains(owner)));
                Array.Fill(owners, stored, method.Buffers.Offsets[stored], stored.SizePerSample);
            }
        }

        Tensor[] Own(IEnumerable<Tensor> tensors) => tensors.Where(t => t.Role == TensorRole.Local && !elsewhere.Contains(t)).ToArray();

        Tensor?[] Place(Tensor tensor) => owners[method.Buffers.Offsets[tensor]..(method.Buffers.Offsets[tensor] + tensor.SizePerSample)];
    });

    [Fact]
    public void Places_are_shared_where_they_can_be()
    {
        NetworkPlan plan = Plan(Affine(64, 64), Affine(64, 64), Affine(64, 64), Affine(64, 64), Affine(64, 64));
        Assert.Equal(2 * 64, plan.Forward.Buffers.FloatsPerSample);
        Assert.Equal(4, plan.Forward.Buffers.Offsets.Count);
    }

    [Fact]
    public void Kernels_compute_what_the_programs_state() => ForEachMethod((plan, method) =>
    {
        Interpreter expected = Inputs(plan);
        expected.Run(method.Program.Statements.Select(s => s.Statement));
        Interpreter actual = Inputs(plan);
        Statement[] statements = method.Kernels.SelectMany(k => k.Statements).ToArray();
        foreach (Tensor target in statements.Select(s => s.Target).Distinct())
        {
            // What memory held before must not matter; gradients alone are added to.
            Array.Fill(actual[target], target.Role == TensorRole.Gradient ? 0 : double.NaN);
        }

        actual.Run(statements);
        foreach (Tensor target in method.Program.Statements.Select(s => s.Statement.Target).Distinct())
        {
            Assert.Equal(expected[target], actual[target]);
        }

        // A sum over the batch and what it is added to are two.
        Assert.Equal(BatchSums.Apart(method.Program).Statements.Count, statements.Length);
    });

    [Fact]
    public void A_kernel_that_everybody_needs_waits_for_none_that_is_only_requested() => ForEachMethod((_, method) =>
    {
        var requested = new HashSet<Tensor>();
        foreach (Kernel kernel in method.Kernels)
        {
            if (kernel.IfRequested)
            {
                requested.UnionWith(kernel.Statements.Select(s => s.Target));
            }
            else
            {
                Assert.All(kernel.Memory, t => Assert.DoesNotContain(t, requested));
            }
        }
    });

    [Fact]
    public void Whatever_a_kernel_keeps_to_itself_nobody_else_reads() => ForEachMethod((_, method) =>
    {
        foreach (Kernel kernel in method.Kernels)
        {
            var kept = kernel.Statements.Select(s => s.Target).Except(kernel.Stored).ToHashSet();
            Assert.All(method.Kernels.Where(k => k != kernel), k => Assert.DoesNotContain(k.Memory, kept.Contains));
        }
    });

    [Fact]
    public void Nothing_is_computed_that_nobody_reads() => ForEachMethod((plan, method) =>
    {
        for (int i = 0; i < method.Program.Statements.Count; i++)
        {
            Tensor target = method.Program.Statements[i].Statement.Target;
            bool isRead = method.Program.Statements.Skip(i + 1).Any(s => s.Statement.Reads.Any(r => r.Tensor == target));
            bool isResult = target.Role is TensorRole.Gradient or TensorRole.InputGradient or TensorRole.Prediction or TensorRole.Scalar
                || target == plan.Programs.Network.Output;
            Assert.True(isRead || isResult, $"{method.Program.Name} computes {target}, and nobody reads it.");
        }
    });

    private static void ForEachMethod(Action<NetworkPlan, MethodPlan> law)
    {
        int kernels = 0;
        foreach (LayerDeclaration[] layers in All)
        {
            NetworkPlan plan = Plan(layers);
            foreach (MethodPlan method in Methods(plan).Where(m => m.Form == MethodForm.Kernels))
            {
                law(plan, method);
                kernels += method.Kernels.Count;
            }
        }

        Assert.True(kernels > 500);
    }

    private static Interpreter Inputs(NetworkPlan plan)
    {
        var random = new Random(1);
        var interpreter = new Interpreter(Samples);
        Network network = plan.Programs.Network;
        foreach (Tensor tensor in network.Parameters.Append(network.Input).Append(plan.Programs.OutputGradient))
        {
            Sampling.Fill(interpreter, tensor, random);
        }

        foreach (DefinedLoss loss in plan.Losses.Select(l => l.Loss))
        {
            interpreter[loss.G] = [0.5];
            if (loss.Target is { } target)
            {
                Sampling.Fill(interpreter, target, random);
            }

            if (loss.Labels is { } labels)
            {
                Array.Fill(interpreter[labels], 1);
            }
        }

        return interpreter;
    }
}
