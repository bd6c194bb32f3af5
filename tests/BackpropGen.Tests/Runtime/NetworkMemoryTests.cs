using System;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class NetworkMemoryTests
{
    [Fact]
    public void Memory_has_the_declared_sizes_and_is_zero()
    {
        NetworkMemory memory = new(5, 10, 7, 3, 0.1f);
        Assert.Equal(5, memory.Parameters.Length);
        Assert.Equal(5, memory.Gradients.Length);
        Assert.Equal(10, memory.OptimizerState.Length);
        Assert.Equal(7, memory.Workspace.Length);
        Assert.Equal(3, memory.Scratch.BufferLength);
        Assert.Equal(0.1f, memory.LearningRate);
        Assert.Equal(0, memory.StepCount);
        Assert.False(memory.Parameters.ContainsAnyExcept(0f));
    }

    [Fact]
    public void References_are_the_first_elements()
    {
        NetworkMemory memory = new(5, 10, 7, 3, 0.1f);
        memory.ParameterAt(0) = 1;
        memory.GradientAt(0) = 2;
        memory.OptimizerStateAt(0) = 3;
        memory.WorkspaceAt(0) = 4;
        Assert.Equal(1, memory.Parameters[0]);
        Assert.Equal(2, memory.Gradients[0]);
        Assert.Equal(3, memory.OptimizerState[0]);
        Assert.Equal(4, memory.Workspace[0]);
    }

    [Fact]
    public void A_network_without_parameters_is_one()
    {
        NetworkMemory memory = new(0, 0, 0, 0, 0);
        Assert.True(memory.Parameters.IsEmpty);
        Assert.Equal(0, memory.ParameterAt(0));
    }

    [Fact]
    public void A_replica_shares_parameters_and_what_the_optimizer_knows()
    {
        NetworkMemory memory = new(5, 10, 7, 3, 0.1f);
        NetworkMemory replica = memory.CreateReplica();
        Assert.True(memory.Parameters == replica.Parameters);
        Assert.True(memory.OptimizerState == replica.OptimizerState);
        Assert.False(memory.Gradients.Overlaps(replica.Gradients));
        Assert.False(memory.Workspace.Overlaps(replica.Workspace));
        Assert.NotSame(memory.Scratch, replica.Scratch);
        Assert.Equal((5, 7, 3), (replica.Gradients.Length, replica.Workspace.Length, replica.Scratch.BufferLength));

        replica.LearningRate = 0.5f;
        replica.StepCount = 9;
        Assert.Equal(0.5f, memory.LearningRate);
        Assert.Equal(9, memory.StepCount);
    }

    [Fact]
    public void A_replica_outlives_its_original()
    {
        NetworkMemory replica = Fill(new NetworkMemory(5, 10, 7, 3, 0.1f)).CreateReplica();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(replica.Parameters.ContainsAnyExcept(3f));
    }

    [Fact]
    public void Reset_is_as_new_but_for_the_parameters()
    {
        NetworkMemory memory = Fill(new NetworkMemory(5, 10, 7, 3, 0.1f));
        memory.LearningRate = 0;
        memory.StepCount = 9;
        memory.Reset(0.1f);
        Assert.Equal(0.1f, memory.LearningRate);
        Assert.Equal(0, memory.StepCount);
        Assert.False(memory.Gradients.ContainsAnyExcept(0f));
        Assert.False(memory.OptimizerState.ContainsAnyExcept(0f));
        Assert.False(memory.Workspace.ContainsAnyExcept(0f));
        Assert.False(memory.Parameters.ContainsAnyExcept(3f));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(-float.Epsilon)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_learning_rate_is_finite_and_not_negative(float rate)
    {
        NetworkMemory memory = new(1, 0, 0, 0, 0.25f);
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => memory.LearningRate = rate);
        Assert.Equal("value", exception.ParamName);
        Assert.Contains("0 or more", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0.25f, memory.LearningRate);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkMemory(1, 0, 0, 0, rate)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => memory.Reset(rate)).ParamName);
        memory.LearningRate = 0;
    }

    [Fact]
    public void A_step_count_is_not_negative()
    {
        NetworkMemory memory = new(1, 0, 0, 0, 0);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => memory.StepCount = -1).ParamName);
        memory.StepCount = long.MaxValue;
        Assert.Equal(long.MaxValue, memory.StepCount);
    }

    private static NetworkMemory Fill(NetworkMemory memory)
    {
        memory.Parameters.Fill(3);
        memory.Gradients.Fill(3);
        memory.OptimizerState.Fill(3);
        memory.Workspace.Fill(3);
        return memory;
    }
}
