using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using BackpropGen.Runtime;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>Teams of threads: everything is done once, in order where order counts, and nothing is left behind.</summary>
[Collection(nameof(AloneInTheProcess))]
public class ThreadTeamTests
{
    private const int Enough = int.MaxValue;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Ranges_cover_everything_once_and_begin_at_granules(int threads)
    {
        foreach (int granule in new[] { 1, 6, 16 })
        {
            for (int extent = 0; extent < 200; extent++)
            {
                int[] bounds = Enumerable.Range(0, threads + 1).Select(t => ThreadTeam.Bound(t, threads, extent, granule)).ToArray();
                Assert.Equal(0, bounds[0]);
                Assert.Equal(extent, bounds[threads]);
                for (int t = 0; t < threads; t++)
                {
                    int length = bounds[t + 1] - bounds[t];
                    Assert.True(length == 0 || length >= Math.Min(granule, extent), $"{extent} by {granule}: {length}");
                    Assert.True(bounds[t] % granule == 0 || length == 0);
                }
            }
        }
    }

    [Fact]
    public void Totals_are_added_in_the_order_of_the_samples()
    {
        const int Samples = 100_003;
        double expected = 0;
        for (int group = 0; group * 16 < Samples; group++)
        {
            expected += 1.0 / (group + 1);
        }

        foreach (int threads in new[] { 2, 3, 7 })
        {
            NetworkMemory memory = Memory(threads);
            var input = new float[Samples];
            double total = Inference.Run<CountingPieces, float>(Samples, Enough, piece: 48, granule: 16, floatsPerSample: 1, input, input, memory);

            Assert.Equal(expected, total);
            Assert.Equal((Samples + 15) / 16, input.Sum());
        }
    }

    [Fact]
    public void What_is_written_before_a_meeting_is_read_after_it()
    {
        NetworkMemory memory = Memory(4);
        var values = new float[4];
        for (int round = 0; round < 200; round++)
        {
            Array.Clear(values);
            memory.Gather(1, Enough)!.Train(
                static (team, share) =>
                {
                    for (int pass = 1; pass <= 20; pass++)
                    {
                        for (int i = share.Begin(4, 1); i < share.End(4, 1); i++)
                        {
                            team.Values[i] = pass;
                        }

                        share.Meet();
                        foreach (float value in team.Values)
                        {
                            Assert.Equal(pass, value);
                        }

                        share.Meet();
                    }

                    return 0;
                },
                1,
                default,
                values,
                default,
                default);
        }
    }

    [Fact]
    public void What_a_thread_throws_reaches_the_caller_and_the_team_goes_on()
    {
        NetworkMemory memory = Memory(3);
        for (int round = 0; round < 50; round++)
        {
            int thrower = round % 3;
            var values = new float[] { thrower };
            var thrown = Assert.Throws<InvalidTimeZoneException>(() => memory.Gather(1, Enough)!.Train(Throw, 1, default, values, default, default));
            Assert.Equal("share", thrown.Message);
            Assert.Equal(7, memory.Gather(1, Enough)!.Train(static (_, share) => share.Takes(0) ? 7 : 0, 1, default, default, default, default));
        }

        static double Throw(ThreadTeam team, TeamShare share)
        {
            if (share.Begin(3, 1) == (int)team.Values[0])
            {
                throw new InvalidTimeZoneException("share");
            }

            share.Meet();
            return 0;
        }
    }

    [Fact]
    public void A_team_at_work_is_no_team_for_another_caller()
    {
        NetworkMemory memory = Memory(2);
        memory.Gather(1, Enough)!.Train(
            static (team, share) =>
            {
                Assert.Null(team.Memory.Gather(1, Enough));
                return 0;
            },
            1,
            default,
            default,
            default,
            default);
        Assert.Null(Memory(1).Gather(1, Enough));
        Assert.Null(memory.Gather(1, 1));
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        NetworkMemory memory = Memory(2);
        TeamWork nothing = static (_, share) =>
        {
            share.Meet();
            return 0;
        };
        long allocated = -1;

        // The first makes the workers; a collection may count what is left of an allocation buffer.
        for (int attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            memory.Gather(1, Enough)!.Step(nothing);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int call = 0; call < 100; call++)
            {
                memory.Gather(1, Enough)!.Step(nothing);
            }

            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_abandoned_network_is_collected_and_its_threads_leave()
    {
        WeakReference network = Abandoned();
        for (int i = 0; i < 20 && network.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(network.IsAlive);
        Assert.True(SpinWait.SpinUntil(() => WorkerPool.Count == 0, Worker.IdleMilliseconds * 20));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Abandoned()
        {
            var net = new VectorNet { Threads = 4 };
            NetworkMemory memory = Memory(4);
            memory.Gather(1, Enough)!.Step(static (_, share) => 0);
            Assert.InRange(WorkerPool.Count, 1, 255);
            GC.KeepAlive(net);
            return new WeakReference(memory);
        }
    }

    [Fact]
    public void Many_networks_work_with_threads_at_once()
    {
        var failures = new Exception?[6];
        Thread[] callers = Enumerable.Range(0, failures.Length).Select(number => new Thread(() =>
        {
            try
            {
                NetworkMemory memory = Memory(2 + (number % 3));
                var values = new float[1024];
                for (int round = 1; round <= 300; round++)
                {
                    // Where all workers are with others, the caller is alone.
                    memory.Gather(1, Enough)?.Train(Increment, 1, default, values, default, default);
                    Assert.All(values, v => Assert.Equal(values[0], v));
                }
            }
            catch (Exception exception)
            {
                failures[number] = exception;
            }
        })).ToArray();
        Array.ForEach(callers, c => c.Start());
        Array.ForEach(callers, c => c.Join());
        Assert.All(failures, Assert.Null);

        static double Increment(ThreadTeam team, TeamShare share)
        {
            for (int i = share.Begin(1024, 16); i < share.End(1024, 16); i++)
            {
                team.Values[i]++;
            }

            share.Meet();
            return 0;
        }
    }

    private static NetworkMemory Memory(int threads) => new(4, 0, 0, 0, 0) { Threads = threads };

    private readonly struct CountingPieces : IPieces<float>
    {
        public double Run(ref float input, ref float other, ref float scratch, NetworkMemory memory, in InferenceShare share)
        {
            double none = 0;
            for (int first = share.First; first < share.Last; first += 16)
            {
                Unsafe.Add(ref other, first) += 1;
                share.Add(ref none, first / 16, 1.0 / ((first / 16) + 1));
            }

            return none;
        }
    }
}
