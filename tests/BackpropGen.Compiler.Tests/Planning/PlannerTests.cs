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
    public void A_small_network_is_written_out_per_sample()
    {
        NetworkPlan plan = Plan(Affine(8, 16), Kind("Tanh"), Affine(16, 2), Kind("MseLoss"));
        Assert.All(Methods(plan), m => Assert.Equal(MethodForm.Line, m.Few!.Form));
        Assert.All(Methods(plan), m => Assert.Equal(MethodForm.Kernels, m.Form));
        Assert.All(Methods(Plan(Affine(784, 128))), m => Assert.Null(m.Few));
    }

    [Theory]
    [InlineData(4, 7, 7)]
    [InlineData(8, 6, 6)] // rows of 8 were two in a register
    [InlineData(16, 3, 3)]
    [InlineData(32, 2, 2)]
    [InlineData(64, 2, 1)] // two samples' sums are 16 registers of 256 bits
    [InlineData(128, 2, 1)]
    public void Two_samples_of_inference_are_worked_on_at_once(int width, int mostSamples, int mostInFewRegisters)
    {
        NetworkPlan plan = Plan(Affine(width, width), Kind("Relu"), Affine(width, width), Kind("MseLoss"));
        MethodPlan one = plan.Forward.Few!;
        Assert.Equal((mostSamples, mostInFewRegisters), (one.MostSamples, one.MostSamplesInFewRegisters));
        Assert.NotNull(one.Pairs);
        Assert.Equal(width == 4, one.Pairs.Kernels.Any(k => k.Strategy is LanesAcrossRows));
        Assert.All(Methods(plan).Where(m => m != plan.Forward), m => Assert.Null(m.Few?.Pairs));
    }

    [Fact]
    public void Two_samples_are_not_worked_on_at_once_where_a_method_would_not_hold_them()
    {
        Assert.Null(Plan(Affine(16, 128), Kind("MseLoss")).Forward.Few!.Pairs);
        Assert.Null(Plan(Affine(20, 20), Kind("Relu"), Affine(20, 40, ("Layout", (int)WeightLayout.OutIn)), Kind("MseLoss")).Forward.Few!.Pairs);
        Assert.Null(Plan(Affine(100, 1), Kind("MseLoss")).Forward.Few!.Pairs);
    }

    [Fact]
    public void Without_vectors_every_element_of_a_tiny_network_is_a_local()
    {
        NetworkPlan plan = NetworkPlan.For(Sampling.Define(Affine(2, 3), Kind("Tanh"), Affine(3, 1), Kind("MseLoss")), NoVectors);
        Assert.True(plan.IsStraightLine);
        Assert.All(Methods(plan), m => Assert.Empty(m.Kernels));
        Assert.False(NetworkPlan.For(Sampling.Define(Affine(64, 32)), NoVectors).IsStraightLine);
    }

    [Fact]
    public void Weights_that_run_along_the_outputs_put_lanes_across_the_outputs()
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(784, 128));
        Assert.Equal("j", strategy.Lane.Letter);
        Assert.Equal("n", strategy.Tile!.Letter);
        Assert.Equal([8, 2, 1], strategy.Rows);
        Assert.Equal(6, strategy.RowsInFewRegisters(strategy.Rows[0]));
        Assert.False(strategy.IsInPlace);
        Assert.False(strategy.IsAtOnce);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(32, 2)]
    [InlineData(48, 2)]
    [InlineData(100, 2)]
    [InlineData(128, 2)]
    [InlineData(512, 2)]
    public void A_tile_has_sums_enough_that_none_waits_and_registers_enough_that_none_spills(int outputs, int vectors)
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(784, outputs));
        Assert.Equal(vectors, strategy.Vectors(strategy.Rows[0]));
        foreach (int rows in strategy.Rows)
        {
            int sums = rows * strategy.Vectors(rows) * strategy.Chains(rows, strategy.Vectors(rows));
            Assert.InRange(sums, outputs >= 32 || rows > 1 ? 8 : 4, 16);
        }

        // The sums of a tile, a load of each vector and a broadcast: in 32 registers, and in 16 with fewer rows.
        foreach (int rows in strategy.Rows.Where(r => r > 1))
        {
            (int many, int few) = (strategy.Vectors(rows), strategy.VectorsInFewRegisters(rows));
            Assert.InRange((rows * many) + many + 1, 1, 32);
            Assert.InRange((strategy.RowsInFewRegisters(rows) * few) + few + 1, 1, 16);
        }
    }

    // One listing for both; what is more than a step along the gradient has its own.
    [Theory]
    [InlineData(true)]
    [InlineData(false, "Momentum", 0.9f)]
    [InlineData(false, "WeightDecay", 0.1f)]
    public void A_plain_step_is_the_backward_pass_at_another_scale(bool isPlain, string? option = null, float value = 0)
    {
        (string, object?)[] more = option is null ? [] : [(option, value)];
        NetworkPlan plan = Plan(Affine(20, 30), Kind("Relu"), Affine(30, 7), Kind("MseLoss"), Kind("Sgd", [("rate", 0.1f), .. more]));
        Assert.Equal(isPlain, plan.Losses[0].Backward.IsOfAnyScale);
        Assert.NotNull(plan.Losses[0].TrainStep);
    }

    // Parameters may be read beyond a row; what is given must not be, and a step reads again what it has stored. Where no other register is wider
    // than 4, the code is for machines that have no wider ones, too.
    [Theory]
    [InlineData(true, 3, 3, 3)]
    [InlineData(false, 7, 7, 7)]
    [InlineData(true, 20, 7, 7)]
    [InlineData(false, 13, 13, 13)]
    public void A_short_row_of_inference_is_one_register_that_reads_beyond_it(bool reads, int inputs, int hidden, int outputs)
    {
        LayerDeclaration[] more = inputs == hidden ? [] : [Affine(inputs, inputs), Kind("Relu")];
        NetworkPlan plan = Plan([.. more, Affine(inputs, hidden), Kind("Relu"), Affine(hidden, outputs), Kind("MseLoss")]);
        LanesAcrossOutputs[] lanes = plan.Forward.Few!.Kernels.Select(k => k.Strategy).OfType<LanesAcrossOutputs>().Where(l => l.Lane.Extent.Value == hidden).ToArray();
        Assert.Equal([reads, reads], lanes.Select(l => l.ReadsBeyond));
        Assert.Equal([reads, false], lanes.Select(l => l.StoresBeyond));
        Assert.All(Methods(plan).Where(m => m != plan.Forward), m => Assert.DoesNotContain(m.Few?.Kernels ?? [], k => k.Strategy is LanesAcrossOutputs { ReadsBeyond: true }));
        if (reads && more.Length == 0)
        {
            Assert.Equal(LanesAcrossOutputs.WidthBeyond(hidden), plan.Forward.Few!.Buffers.FloatsPerSample);
        }
    }

    [Theory]
    [InlineData(false, 32, 10)]
    [InlineData(false, 16, 10)]
    [InlineData(true, 64, 32, 10)]
    public void A_long_row_reads_beyond_where_its_sums_wait_for_another_layer(bool reads, params int[] widths)
    {
        LayerDeclaration[] layers = widths.Zip(widths.Skip(1), (inputs, outputs) => Affine(inputs, outputs)).ToArray();
        NetworkPlan plan = Plan([.. layers, Kind("MseLoss")]);
        Assert.Equal(reads, plan.Forward.Few!.Kernels[^1].Strategy is LanesAcrossOutputs { ReadsBeyond: true });
    }

    [Fact]
    public void What_is_read_along_the_lanes_by_another_layer_is_not_read_beyond()
    {
        NetworkPlan plan = Plan(Affine(7, 7), Kind("Softmax"), Kind("MseLoss"));
        Assert.DoesNotContain(plan.Forward.Few!.Kernels, k => k.Strategy is LanesAcrossOutputs { ReadsBeyond: true });
    }

    [Theory]
    [InlineData(784, 64, 4)]
    [InlineData(784, 250, 8)]
    [InlineData(784, 512, 8)]
    [InlineData(256, 256, 8)]
    public void Seven_rows_are_one_tile_and_two_have_as_many_registers_side_by_side_as_fit(int inputs, int outputs, int vectorsOfTwo)
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(inputs, outputs));
        Assert.Equal(7, strategy.LowRows);
        Assert.Equal(vectorsOfTwo, strategy.Vectors(2));
        Assert.Equal(4, strategy.VectorsInFewRegisters(2));
    }

    [Theory]
    [InlineData(7, 3, 4, 7)]
    [InlineData(8, 4, 8)]
    [InlineData(17, 4, 5, 6, 8)]
    [InlineData(256, 5, 6, 8)]
    public void Tiles_make_up_an_axis_be_there_many_registers_or_few(int inputs, params int[] heights)
    {
        NetworkPlan plan = Plan(Affine(inputs, 256), Kind("MseLoss"));
        Kernel gradient = plan.Losses[0].Backward.Kernels.Single(k => k.Name == "Affine1WeightsGradient");
        LanesAcrossOutputs strategy = Assert.IsType<LanesAcrossOutputs>(gradient.Strategy);
        Assert.Equal(8, strategy.Rows[0]);
        Assert.Equal(6, strategy.RowsInFewRegisters(8));
        Assert.Equal(heights, TileHeights.Of(inputs, (8, strategy.LowRows), (6, 6)));
    }

    [Theory]
    [InlineData(15, 2, 8)]
    [InlineData(10, 2, 8)]
    [InlineData(8, 1, 8)]
    [InlineData(7, 2, 4)]
    [InlineData(4, 1, 4)]
    [InlineData(3, 1, 3)]
    [InlineData(2, 1, 2)]
    public void A_short_axis_is_held_at_once_and_the_last_register_overlaps_the_one_before(int outputs, int registers, int width)
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(784, outputs));
        Assert.True(strategy.IsAtOnce);
        Assert.Equal(registers, strategy.Vectors(strategy.Rows[0]));
        Assert.Equal(width, LanesAcrossOutputs.Width(outputs));
        Assert.Equal(outputs - width, LanesAcrossOutputs.Places(outputs)[registers - 1]);
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(32, 4)]
    [InlineData(16, 8)]
    public void Of_one_sample_several_rows_of_narrow_weights_lie_in_a_register(int inputs, int outputs)
    {
        NetworkPlan plan = Plan(Affine(8, inputs), Kind("Tanh"), Affine(inputs, outputs), Kind("MseLoss"));
        LanesAcrossRows forward = Assert.Single(plan.Forward.Few!.Kernels.Select(k => k.Strategy).OfType<LanesAcrossRows>());
        Assert.Equal(("k", "j"), (forward.Row.Letter, forward.Lane.Letter));
        Assert.Equal(16 / outputs, forward.RowsAtOnce);
        Assert.Equal(inputs * outputs / 16, forward.Registers);

        // Forward, the step of the weights, and what goes back through them.
        Assert.Equal(3, plan.Losses[0].Backward.Few!.Kernels.Count(k => k.Strategy is LanesAcrossRows));
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(17, 2)]
    [InlineData(16, 16)]
    public void Rows_that_fill_no_register_together_stay_apart(int inputs, int outputs) => Assert.DoesNotContain(
        Methods(Plan(Affine(8, inputs), Kind("Tanh"), Affine(inputs, outputs), Kind("MseLoss"))).SelectMany(m => m.Few!.Kernels),
        k => k.Strategy is LanesAcrossRows);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_what_a_layer_keeps_is_a_matrix_of_narrow_rows(bool isOfSamples)
    {
        var (n, k, j) = (new Axis("n", Extent.Rows), new Axis("k", 16), new Axis("j", 4));
        var x = new Tensor("x", TensorRole.Input, ElementKind.F32, Extent.Rows, 16);
        Read matrix = isOfSamples
            ? new Tensor("a", TensorRole.Local, ElementKind.F32, Extent.Rows, 16, 4)[n, k, j]
            : new Tensor("w", TensorRole.Parameter, ElementKind.F32, 16, 4)[k, j];
        Read y = new Tensor("y", TensorRole.Local, ElementKind.F32, Extent.Rows, 4)[n, j];

        // Rows of a batch that are worked on one by one are asked about as lines are.
        Strategy strategy = StrategyChoice.For([Notation.Statement(y, Maths.Sum(k, x[n, k] * matrix))], Vectors, isLine: true);
        Assert.Equal(!isOfSamples, strategy is LanesAcrossRows);
    }

    [Theory]
    [InlineData(784, 128, 8, 0, 0, null)]
    [InlineData(1000, 96, 11, 0, 0, null)]
    [InlineData(256, 256, 4, 0, 0, null)]
    [InlineData(256, 251, 5, 5, 6, null)] // rows begin within a line of the cache
    [InlineData(1000, 129, 8, 8, 6, null)]
    [InlineData(512, 512, 2, 2, 6, 3)] // beyond the second cache
    [InlineData(64, 32, 0, 0, 0, null)]
    public void Rows_ask_ahead_for_weights_that_come_late(int inputs, int outputs, int terms, int termsOfTwo, int termsOfTile, int? rowsNotAsking)
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(inputs, outputs));
        Assert.Equal((terms, termsOfTwo, termsOfTile), (strategy.TermsAhead(1), strategy.TermsAhead(2), strategy.TermsAhead(strategy.Rows[0])));
        Assert.Equal(termsOfTwo > 0 || outputs <= 128, strategy.AsksWithManyRegisters);
        Assert.Equal(rowsNotAsking, strategy.RowsNotAsking);
    }

    [Theory]
    [InlineData(64, 33, true)]
    [InlineData(64, 257, true)]
    [InlineData(16, 33, true)]
    [InlineData(64, 32, false)]
    [InlineData(64, 34, false)]
    [InlineData(64, 17, false)] // the tile is as good
    [InlineData(15, 33, false)] // hardly anything to sum
    public void One_column_more_than_registers_hold_is_by_itself(int inputs, int outputs, bool isApart) =>
        Assert.Equal(isApart ? ["Affine1", "Affine1LastColumn"] : ["Affine1"], Plan(Affine(inputs, outputs)).Forward.Kernels.Select(k => k.Name));

    [Theory]
    [InlineData(128, 8)]
    [InlineData(192, 12)]
    [InlineData(240, 15)]
    [InlineData(251, 8)]
    [InlineData(256, 16)]
    public void A_single_row_has_all_its_registers_side_by_side(int outputs, int registers) =>
        Assert.Equal(registers, Forward<LanesAcrossOutputs>(Affine(256, outputs)).Vectors(1));

    [Theory]
    [InlineData(784, 128, 8, 16)]
    [InlineData(300, 200, 8, 16)]
    [InlineData(60, 128, 8, 8)]
    [InlineData(256, 256, 16, 16)]
    [InlineData(784, 100, 4, 4)]
    public void A_single_row_that_waits_for_its_weights_fills_the_registers_however_narrow(int inputs, int outputs, int vectors, int ofNarrow)
    {
        LanesAcrossOutputs strategy = Forward<LanesAcrossOutputs>(Affine(inputs, outputs));
        Assert.Equal((vectors, ofNarrow), (strategy.Vectors(1), strategy.VectorsOfNarrow(1)));
        Assert.All(strategy.Rows.Where(r => r > 1), r => Assert.Equal(strategy.Vectors(r), strategy.VectorsOfNarrow(r)));
    }

    [Fact]
    public void Weights_that_run_along_the_inputs_put_lanes_across_the_sum()
    {
        LanesAcrossSum strategy = Forward<LanesAcrossSum>(Affine(64, 32, ("Layout", (int)WeightLayout.OutIn)));
        Assert.Equal("k", strategy.Lane.Letter);
        Assert.NotNull(strategy.Tile);
    }

    [Fact]
    public void A_single_output_is_a_sum_of_neighbours()
    {
        Assert.Equal("k", Forward<LanesAcrossSum>(Affine(2000, 1)).Lane.Letter);
        Assert.Equal("k", Forward<LanesAcrossSum>(Affine(2000, 3, ("Layout", (int)WeightLayout.OutIn))).Lane.Letter);
    }

    [Fact]
    public void Where_lanes_would_lie_across_the_weights_training_packs_them()
    {
        NetworkPlan plan = Plan(Affine(784, 128), Affine(128, 64), Kind("MseLoss"));
        Kernel kernel = plan.BackwardFrom.Kernels.Single(k => k.Packing is not null && !k.IfRequested);
        Assert.IsType<LanesAcrossSum>(kernel.Strategy);
        var packed = Assert.IsType<LanesAcrossOutputs>(kernel.Packing!.Product.Strategy);
        Assert.Equal("k", packed.Lane.Letter);

        // Rows of 128 floats would fall on the same lines of the cache.
        Assert.Equal([64, 144], kernel.Packing.Copy.Extents.Select(e => e.Value));
        Assert.True(plan.WorkspaceFloats >= plan.PackedOffset + (64 * 144));
        Assert.Equal(0, plan.PackedOffset % 16);
        Assert.All(plan.Forward.Kernels, k => Assert.Null(k.Packing));
    }

    // What a copy costs for an output grows with the sum's terms, what it saves for a row does not; of rows that lie across lines it saves more.
    [Theory]
    [InlineData(15, 4, 4)]
    [InlineData(63, 6, 6)]
    [InlineData(64, 16, 8)]
    [InlineData(251, 16, 16)]
    [InlineData(512, 128, 64)]
    [InlineData(1024, 128, 64)]
    public void A_transposed_copy_is_worth_it_from_so_many_rows_on(int terms, int rows, int rowsInFewRegisters)
    {
        NetworkPlan plan = Plan(Affine(3, 40), Kind("Relu"), Affine(40, terms), Kind("MseLoss"));
        Packing packing = plan.BackwardFrom.Kernels.Single(k => k.Packing is not null && !k.IfRequested).Packing!;
        Assert.Equal((rows, rowsInFewRegisters), (packing.FewestRows, packing.FewestRowsInFewRegisters));

        // Nor is there one where no piece of a batch has so many.
        NetworkPlan small = Plan(Affine(3, 40), Kind("Relu"), Affine(40, terms), Kind("MseLoss"), Kind("Workspace", ("samples", rowsInFewRegisters - 1)));
        Assert.DoesNotContain(small.BackwardFrom.Kernels, k => k.Packing is not null && !k.IfRequested);
    }

    [Fact]
    public void A_step_of_one_piece_stores_no_gradient()
    {
        foreach (LayerDeclaration optimizer in Sampling.Variations("Sgd").Where(v => Sampling.TryDefine(Affine(1, 1), Kind("MseLoss"), v) is not null))
        {
            NetworkPlan plan = Plan(Affine(784, 128), Kind("Relu"), Affine(128, 10), Kind("CrossEntropyLoss"), optimizer);
            foreach (LossPlan loss in plan.Losses)
            {
                Kernel[] updates = loss.TrainStep!.Kernels.Where(k => k.Lead.Target.Role == TensorRole.Gradient).ToArray();
                Assert.Equal(4, updates.Length);
                Assert.All(updates, k => Assert.DoesNotContain(k.Lead.Target, k.Stored));
                Assert.All(updates, k => Assert.Contains(k.Stored, t => t.Role == TensorRole.Parameter));

                // Weights are replaced when nobody reads them any more.
                Assert.All(updates, k => Assert.DoesNotContain(
                    loss.TrainStep.Kernels.SkipWhile(other => other != k).Skip(1),
                    other => other.Memory.Any(m => k.Stored.Contains(m))));
            }
        }
    }

    [Fact]
    public void A_long_update_is_a_pass_of_its_own()
    {
        NetworkPlan plan = Plan(Affine(784, 128), Kind("MseLoss"), Kind("Adam"));
        Assert.All(plan.Losses, l => Assert.Null(l.TrainStep));
        Assert.IsType<FlatLoop>(plan.Update!.Kernel.Strategy);
    }

    [Fact]
    public void A_softmax_is_one_pass_over_the_rows()
    {
        NetworkPlan plan = Plan(Affine(784, 128), Kind("Relu"), Affine(128, 10), Kind("CrossEntropyLoss"));
        MethodPlan backward = plan.Losses.Single(l => l.Loss.Labels is not null).Backward;
        var rows = Assert.IsType<RowByRow>(Assert.Single(backward.Kernels, k => k.Strategy is RowByRow).Strategy);
        Assert.Equal(["m4", "e4", "z4", "dy3"], rows.Steps.Select(s => s.Lead.Target.Symbol));
        Assert.IsType<AtLabels>(Assert.Single(backward.Kernels, k => k.Lead.Target.Element == ElementKind.F64).Strategy);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(10, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Narrow_rows_are_worked_off_as_many_at_once_as_a_register_has_lanes(int classes, bool inBlocks)
    {
        NetworkPlan plan = Plan(Affine(784, 128), Kind("Relu"), Affine(128, classes), Kind("CrossEntropyLoss"));
        MethodPlan backward = plan.Losses.Single(l => l.Loss.Labels is not null).Backward;
        RowBlocks? blocks = Assert.IsType<RowByRow>(Assert.Single(backward.Kernels, k => k.Strategy is RowByRow).Strategy).Blocks;
        Assert.Equal(inBlocks, blocks is not null);
        if (blocks is not null)
        {
            // The exponentials are added up as they are made, and no block but one is wanted: each takes the place of what it is made of.
            Assert.Equal(["m4", "e4 z4", "scale4", "dy3"], blocks.Passes.Select(p => string.Join(" ", p.Select(s => s.Target.Symbol))));
            Assert.Equal(1, blocks.Count);
            Assert.Equal(["m4", "z4", "dy3"], blocks.Kept.Select(t => t.Symbol));
        }
    }

    [Theory]
    [InlineData(128, 4, false)] // a register of four has no idle lane
    [InlineData(128, 5, true)]
    [InlineData(128, 6, true)]
    [InlineData(128, 7, false)]
    [InlineData(128, 8, false)]
    [InlineData(128, 9, true)]
    [InlineData(128, 12, true)]
    [InlineData(128, 13, false)]
    [InlineData(1, 10, true)]
    [InlineData(129, 10, false)]
    public void The_product_that_narrow_rows_come_from_joins_their_blocks_where_lanes_across_it_would_be_idle(int terms, int classes, bool joins)
    {
        NetworkPlan plan = Plan(Affine(16, terms), Kind("Relu"), Affine(terms, classes), Kind("CrossEntropyLoss"));
        MethodPlan backward = plan.Losses.Single(l => l.Loss.Labels is not null).Backward;
        Kernel rows = Assert.Single(backward.Kernels, k => k.Strategy is RowByRow);
        RowBlocks blocks = ((RowByRow)rows.Strategy).Blocks!;
        Assert.Equal(joins, blocks.Product is not null);
        if (joins)
        {
            // With the product comes the loss: nobody else reads the logits, and what is left of the total is a sum.
            Assert.Equal("y3", rows.Lead.Target.Symbol);
            Assert.Equal(["m4", "e4 z4", "scale4", "logz4", "term4 dy3"], blocks.Passes.Select(p => string.Join(" ", p.Select(s => s.Target.Symbol))));
            Assert.Equal(["term4", "dy3"], blocks.Kept.Select(t => t.Symbol));
            Assert.IsType<FlatLoop>(Assert.Single(backward.Kernels, k => k.IsTotal).Strategy);
        }
        else
        {
            Assert.IsType<AtLabels>(Assert.Single(backward.Kernels, k => k.IsTotal).Strategy);
        }
    }

    [Fact]
    public void A_product_that_is_little_of_the_work_stays_where_it_is()
    {
        NetworkPlan plan = Plan(Affine(784, 128), Kind("Relu"), Affine(128, 10), Kind("CrossEntropyLoss"));
        Assert.All(Methods(plan).SelectMany(m => m.Kernels).Select(k => k.Strategy).OfType<RowByRow>(), r => Assert.Null(r.Blocks?.Product));
    }

    [Fact]
    public void The_loss_of_a_target_is_summed_in_double_and_reads_the_rows_of_the_product()
    {
        NetworkPlan plan = Plan(Affine(16, 128), Kind("Relu"), Affine(128, 10), Kind("CrossEntropyLoss"));
        MethodPlan backward = plan.Losses.Single(l => l.Loss.Labels is null).Backward;
        RowBlocks blocks = backward.Kernels.Select(k => k.Strategy).OfType<RowByRow>().Single().Blocks!;
        Assert.NotNull(blocks.Product);
        Assert.Contains("y3", blocks.Kept.Select(t => t.Symbol));
    }

    [Fact]
    public void A_target_that_is_read_again_keeps_its_block()
    {
        NetworkPlan plan = Plan(Affine(784, 128), Kind("Relu"), Affine(128, 10), Kind("CrossEntropyLoss"));
        MethodPlan backward = plan.Losses.Single(l => l.Loss.Labels is null).Backward;
        RowBlocks blocks = backward.Kernels.Select(k => k.Strategy).OfType<RowByRow>().Single().Blocks!;
        Assert.Equal(2, blocks.Count);
        Assert.Equal(blocks.Places.Single(p => p.Key.Symbol == "y3").Value, blocks.Places.Single(p => p.Key.Symbol == "e4").Value);
        Assert.NotEqual(blocks.Places.Single(p => p.Key.Symbol == "e4").Value, blocks.Places.Single(p => p.Key.Symbol == "t").Value);
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
        Kernel gradient = plan.BackwardFrom.Kernels.Single(k => k.Stored.Any(t => t.Symbol == "dw1"));
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
            Assert.Single(statements, s => s.Value.Body.Nodes.OfType<Unary>().Any(u => u.Op == UnaryOp.Exp));
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
    public void The_workspace_is_what_was_asked_for_or_fits_the_cache_or_is_as_large_as_the_parameters()
    {
        Assert.Equal(77, Plan(Affine(64, 32), Affine(32, 32), Kind("Workspace", ("samples", 77))).WorkspaceSamples);
        NetworkPlan plan = Plan(Affine(100, 1000), Kind("Relu"), Affine(1000, 10), Kind("CrossEntropyLoss"));
        Assert.InRange(plan.PackedOffset, 1, 256 * 1024);
        NetworkPlan large = Plan(Affine(784, 2048), Kind("Relu"), Affine(2048, 10), Kind("CrossEntropyLoss"));
        Assert.Equal(256, large.WorkspaceSamples);
        Assert.InRange(large.PackedOffset, 256 * 1024, 784 * 2048);
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
        where T : Strategy => Assert.IsType<T>(Assert.Single(Plan(layers).Forward.Kernels, k => !k.Name.EndsWith("LastColumn", StringComparison.Ordinal)).Strategy);

    private static string[] Targets(NetworkPlan plan, bool withRequested) => plan.Losses[0].Backward.Program.Statements
        .Where(s => withRequested || !s.IfRequested)
        .Select(s => s.Statement.Target.Symbol)
        .ToArray();
}
