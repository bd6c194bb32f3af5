using System;
using System.Linq;
using System.Threading;
using BackpropGen.Runtime;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class ScratchListTests
{
    [Fact]
    public void A_buffer_has_its_length_and_comes_back()
    {
        ScratchList list = new(17);
        using (ScratchLease lease = list.Rent())
        {
            Assert.Equal(17, lease.Span.Length);
            lease.Reference = 5;
            Assert.Equal(5, lease.Span[0]);
        }

        using (ScratchLease again = list.Rent())
        {
            Assert.Equal(5, again.Span[0]);
        }

        Assert.Equal(1, list.Count);
    }

    [Fact]
    public void Who_is_inside_at_the_same_moment_shares_nothing()
    {
        ScratchList list = new(4);
        using ScratchLease first = list.Rent();
        using ScratchLease second = list.Rent();
        using ScratchLease third = list.Rent();
        Assert.False(first.Span.Overlaps(second.Span));
        Assert.False(first.Span.Overlaps(third.Span));
        Assert.False(second.Span.Overlaps(third.Span));
        Assert.Equal(3, list.Count);
    }

    [Fact]
    public void An_empty_buffer_is_one() => Rent(new ScratchList(0));

    [Fact]
    public void A_single_thread_never_allocates()
    {
        ScratchList list = new(100);
        Assert.Equal(0, Numbers.Allocated(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Rent(list);
            }
        }));
    }

    [Fact]
    public void Many_threads_share_no_buffer_and_need_one_each()
    {
        const int Threads = 8;
        ScratchList list = new(64);
        int mixed = 0;
        Run(Threads, number =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                using ScratchLease lease = list.Rent();
                lease.Span.Fill(number);
                if (i % 64 == 0)
                {
                    Thread.Yield();
                }

                if (lease.Span.ContainsAnyExcept((float)number))
                {
                    Interlocked.Increment(ref mixed);
                }
            }
        });
        Assert.Equal(0, mixed);
        Assert.InRange(list.Count, 1, Threads);
    }

    [Fact]
    public void Threads_that_were_inside_together_allocate_nothing_afterwards()
    {
        const int Threads = 4;
        ScratchList list = new(1000);
        using Barrier barrier = new(Threads);
        long[] allocated = new long[Threads];
        int collections = GC.CollectionCount(0);
        Run(Threads, number =>
        {
            using (ScratchLease lease = list.Rent())
            {
                barrier.SignalAndWait();
            }

            barrier.SignalAndWait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20_000; i++)
            {
                Rent(list);
            }

            allocated[number] = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        // A collection, which another test may set off, counts what is left of each thread's allocation buffer, 8 KB at most.
        collections = GC.CollectionCount(0) - collections;
        Assert.All(allocated, bytes => Assert.InRange(bytes, 0, 8192L * collections));
        Assert.Equal(Threads, list.Count);
    }

    private static void Rent(ScratchList list)
    {
        using ScratchLease lease = list.Rent();
        lease.Reference = lease.Span.Length;
    }

    private static void Run(int count, Action<int> work)
    {
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Null(failure);
    }
}
