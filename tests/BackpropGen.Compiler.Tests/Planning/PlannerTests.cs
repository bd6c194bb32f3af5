using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static BackpropGen.Compiler.Tests.SampleNetworks;

namespace BackpropGen.Compiler.Tests;

/// <summary>What the planner decides, as data.</summary>
public class PlannerTests
{
    [Fact]
    public void A_tiny_network_is_one_straight_line()
    {
        NetworkPlan plan = Plan(Affine(2, 3), Kind("Tanh"), Affine(3, 1), Kind("MseLoss"));
        Assert.True(plan.IsStraightLine);
        Assert.All(Methods(plan), m => Assert.Empty(m.Kernels));
        Assert.Equal(0, plan.WorkspaceFloats);
        Assert.False(Plan(Affine(64, 32)).IsStraightLine);
    }

    [Fact]
    public void Weights_that_run_along_the_outputs_put_lanes_across_the_outputs()
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(64, 32));
        Assert.Equal("j", strategy.Lane.Letter);
        Assert.Equal("n", strategy.Tile!.Letter);
        Assert.Equal(2, strategy.Vectors(strategy.Rows[0]));
        Assert.False(strategy.IsAtOnce);
    }

    [Fact]
    public void A_short_axis_is_held_at_once_by_registers_of_four()
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(64, 10));
        Assert.True(strategy.IsAtOnce);
        Assert.Equal(3, strategy.Vectors(strategy.Rows[0]));
    }

    [Fact]
    public void Weights_that_run_along_the_inputs_put_lanes_across_the_sum()
    {
        LanesAcrossSum strategy = Forward<LanesAcrossSum>(Affine(64, 32, ("Layout", (int)WeightLayout.OutIn)));
        Assert.Equal("k", strategy.Lane.Letter);
        Assert.NotNull(strategy.Tile);
    }

    [Fact]
    public void Outputs_fewer_than_lanes_are_single_values_and_the_reason_says_so()
    {
        Assert.Contains("j runs to 3 only", Forward<ScalarLoops>(Affine(200, 3)).Reason, StringComparison.Ordinal);
        Assert.Equal("k", Forward<LanesAcrossSum>(Affine(200, 3, ("Layout", (int)WeightLayout.OutIn))).Lane.Letter);
    }

    [Fact]
    public void Without_vectors_all_is_single_values()
    {
        NetworkPlan plan = NetworkPlan.For(Sampling.Define(Affine(64, 32), Kind("Softmax"), Affine(32, 32)), NoVectors);
        Assert.All(Methods(plan).SelectMany(m => m.Kernels), k => Assert.True(k.Strategy is ScalarLoops or FlatLoop { HasVectors: false }));
    }

    [Fact]
    public void What_runs_over_memory_as_it_lies_is_one_flat_loop()
    {
        Kernel kernel = Assert.Single(Plan(Sampling.Input(new Shape(10, 20, 4)), Kind("Silu"), Kind("Tanh")).Forward.Kernels);
        Assert.IsType<FlatLoop>(kernel.Strategy);
        Assert.Equal(["Silu1", "Tanh1"], kernel.Statements.Select(s => s.Origin.Name));
    }

    [Fact]
    public void The_weight_gradient_runs_along_its_own_memory()
    {
        NetworkPlan plan = Plan(Affine(64, 32));
        Kernel gradient = plan.BackwardFrom.Kernels.Single(k => k.Lead.Target.Symbol == "dw1");
        var strategy = Assert.IsType<LanesAcrossOutputs>(gradient.Strategy);
        Assert.Equal(("j", "k"), (strategy.Lane.Letter, strategy.Tile!.Letter));
        Assert.Equal("n", Assert.Single(gradient.Lead.Value.Over).Letter);
    }

    [Fact]
    public void Bias_and_activation_cost_no_pass()
    {
        NetworkPlan plan = Plan(Affine(64, 32), Kind("Relu"), Affine(32, 32), Kind("CrossEntropyLoss"));
        Assert.Equal(2, plan.Forward.Kernels.Count);
        Assert.Equal(["y1", "y2"], plan.Forward.Kernels[0].Statements.Select(s => s.Target.Symbol));
        Assert.NotNull(plan.Forward.Kernels[0].Lead.Value.Seed);

        // Inference reads y2 only: y1 stays in its register.
        Assert.Equal(["y2"], plan.Forward.Kernels[0].Stored.Select(t => t.Symbol));
    }

    [Fact]
    public void The_derivative_of_an_activation_is_the_epilogue_of_the_product_that_feeds_it()
    {
        NetworkPlan plan = Plan(Affine(64, 32), Kind("Relu"), Affine(32, 32), Kind("CrossEntropyLoss"));
        foreach (MethodPlan method in Methods(plan).Where(m => m.Program.Name.StartsWith("Backward", StringComparison.Ordinal)))
        {
            Kernel kernel = method.Kernels.Single(k => k.Lead.Target.Symbol == "dy2");
            Assert.Equal(["dy2", "dy1"], kernel.Statements.Select(s => s.Target.Symbol));
            Assert.Equal(["dy1"], kernel.Stored.Select(t => t.Symbol));
        }
    }

    [Fact]
    public void What_forward_and_backward_pass_both_want_is_computed_once()
    {
        NetworkPlan plan = Plan(Affine(64, 32), Kind("CrossEntropyLoss"));
        foreach (LossPlan loss in plan.Losses)
        {
            IEnumerable<Statement> statements = loss.Backward.Program.Statements.Select(s => s.Statement);
            Assert.Single(statements, s => s.Value.Kind == ReduceKind.Max);
            Assert.Single(statements, s => s.Value.Kind == ReduceKind.Sum && s.Value.Body.Nodes.OfType<Unary>().Any(u => u.Op == UnaryOp.Exp));
        }
    }

    [Fact]
    public void The_first_layers_input_gradient_is_computed_where_it_is_asked_for_only()
    {
        NetworkPlan plan = Plan(Affine(64, 32), Kind("Tanh"), Affine(32, 16), Kind("MseLoss"));
        foreach (NetworkProgram program in new[] { plan.BackwardFrom.Program, plan.Losses[0].Backward.Program })
        {
            LiveStatement requested = Assert.Single(program.Statements, s => s.IfRequested);
            Assert.Equal(TensorRole.InputGradient, requested.Statement.Target.Role);
        }

        Assert.All(plan.Forward.Program.Statements, s => Assert.False(s.IfRequested));
    }

    [Fact]
    public void A_frozen_layers_gradients_are_not_computed()
    {
        NetworkPlan plan = Plan(Affine(64, 32, ("Trainable", false)), Kind("Tanh"), Affine(32, 16), Kind("MseLoss"));
        string[] always = Targets(plan, false);
        Assert.Contains("dw2", always);
        Assert.DoesNotContain("dw1", Targets(plan, true));
        Assert.DoesNotContain("db1", Targets(plan, true));

        // Nothing below the lowest trained layer is wanted but by the input's gradient.
        Assert.DoesNotContain("dy1", always);
        Assert.DoesNotContain("dy2", always);
        Assert.Contains("dy1", Targets(plan, true));
    }

    [Fact]
    public void A_network_that_is_frozen_altogether_still_passes_gradients_down()
    {
        NetworkPlan plan = Plan(Affine(64, 32, ("Trainable", false)), Kind("MseLoss"), Kind("Adam"));
        Assert.Equal(["total"], Targets(plan, false).Where(t => !t.StartsWith('y')));
        Assert.Contains("dx", Targets(plan, true));
        Assert.Empty(plan.Update!.Runs);
        Assert.Equal(0, plan.Update.StateCount);
    }

    [Fact]
    public void Neighbouring_trained_tensors_are_updated_in_one_run()
    {
        UpdatePlan update = Plan(Affine(64, 32), Affine(32, 8, ("Trainable", false)), Affine(8, 4), Kind("Adam")).Update!;
        int first = (64 * 32) + 32;
        Assert.Equal([(0, first), (first + (32 * 8) + 8, (8 * 4) + 4)], update.Runs);
        Assert.Equal(2 * (first + 36), update.StateCount);
        Assert.IsType<FlatLoop>(update.Kernel.Strategy);
    }

    [Fact]
    public void An_index_is_found_value_by_value()
    {
        NetworkPlan plan = Plan(Affine(64, 32), Kind("CrossEntropyLoss"));
        Kernel argMax = plan.Predict!.Kernels.Single(k => k.Lead.Value.Kind == ReduceKind.ArgMax);
        Assert.IsType<ScalarLoops>(argMax.Strategy);
        Assert.Null(Plan(Affine(64, 32), Kind("MseLoss")).Predict);
    }

    [Fact]
    public void The_workspace_is_what_was_asked_for_or_fits_the_cache()
    {
        Assert.Equal(77, Plan(Affine(64, 32), Affine(32, 32), Kind("Workspace", ("samples", 77))).WorkspaceSamples);
        NetworkPlan plan = Plan(Affine(784, 512), Kind("Relu"), Affine(512, 10), Kind("CrossEntropyLoss"));
        Assert.InRange(plan.WorkspaceFloats, 1, 256 * 1024);
        Assert.Equal(0, plan.WorkspaceSamples % 8);
        Assert.True(plan.UsesStack);
        Assert.Equal(0, plan.ScratchFloats);
        NetworkPlan wide = Plan(Affine(4, 20000), Kind("Relu"), Affine(20000, 4));
        Assert.False(wide.UsesStack);
        Assert.True(wide.ScratchFloats >= 20000);
    }

    [Fact]
    public void Every_kernel_says_why_and_has_a_name_of_its_own()
    {
        foreach (LayerDeclaration[] layers in All)
        {
            foreach (MethodPlan method in Methods(Plan(layers)))
            {
                Assert.Distinct(method.Kernels.Select(k => k.Name));
                Assert.All(method.Kernels, k => Assert.EndsWith(".", k.Strategy.Reason, StringComparison.Ordinal));
            }
        }
    }

    private static LayerDeclaration Kind(string kind, params (string, object?)[] arguments) => Sampling.Declare(kind, arguments);

    private static T Forward<T>(params LayerDeclaration[] layers)
        where T : Strategy => Assert.IsType<T>(Assert.Single(Plan(layers).Forward.Kernels).Strategy);

    private static string[] Targets(NetworkPlan plan, bool withRequested) => plan.Losses[0].Backward.Program.Statements
        .Where(s => withRequested || !s.IfRequested)
        .Select(s => s.Statement.Target.Symbol)
        .ToArray();
}
