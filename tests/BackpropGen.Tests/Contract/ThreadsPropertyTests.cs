using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>What the contract says of the number of threads.</summary>
public class ThreadsPropertyTests
{
    [Fact]
    public void A_new_network_and_a_replica_have_one_thread()
    {
        var network = new VectorNet();
        Assert.Equal(1, network.Threads);
        network.Threads = 4;
        Assert.Equal(4, network.Threads);
        Assert.Equal(1, network.CreateReplica().Threads);
        network.Initialize(3);
        Assert.Equal(4, network.Threads);
    }

    [Fact]
    public void Every_network_has_it_by_its_interface()
    {
        Check(new TinyNet());

        static void Check<T>(T network)
            where T : INetwork
        {
            network.Threads = 256;
            Assert.Equal(256, network.Threads);
            network.Threads = 1;
            Assert.Equal(1, network.Threads);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_number_that_makes_no_sense_is_refused_and_changes_nothing(int threads)
    {
        var network = new VectorNet { Threads = 3 };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => network.Threads = threads);
        Assert.Equal("value", error.ParamName);
        Assert.Equal(threads, error.ActualValue);
        Assert.Contains("1 to 256", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, network.Threads);
    }
}
