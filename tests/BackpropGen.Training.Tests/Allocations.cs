using System;

namespace BackpropGen.Training.Tests;

/// <summary>
/// What this thread allocates: the least of several times, because a collection, which another test may set off, counts the unused rest of
/// this thread's allocation buffer as allocated.
/// </summary>
internal static class Allocations
{
    public static long Of(Action call)
    {
        call();
        return Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    public static long Least(Func<long> measure)
    {
        long least = measure();
        for (int i = 0; i < 4; i++)
        {
            least = Math.Min(least, measure());
        }

        return least;
    }
}
