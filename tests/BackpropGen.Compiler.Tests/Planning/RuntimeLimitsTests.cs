extern alias runtime;

using runtime::BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The compiler runs where the runtime is not: what both must know is written down in both, and is the same.</summary>
public sealed class RuntimeLimitsTests
{
    [Fact]
    public void Inference_lays_on_the_stack_what_was_planned_for_it() => Assert.Equal(Inference.MostFloatsOnStack, NetworkPlan.StackFloats);

    [Fact]
    public void Threads_keep_as_many_sums_as_a_piece_of_a_batch_has_groups() => Assert.Equal(ThreadTeam.MostGroups, NetworkPlan.MostGroups);

    [Fact]
    public void Behind_parameters_lies_room_for_a_register_that_is_read_beyond_them() => Assert.True(AlignedBuffer.Slack >= Strategy.MostLanes);
}
