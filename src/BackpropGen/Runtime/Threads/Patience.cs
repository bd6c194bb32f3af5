using System;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// How a thread waits for another that is at work: it asks again and again, since the other is done in less time than a system call
/// takes, and gives up its core to others when that takes long or when there are more threads than cores.
/// </summary>
/// <param name="threads">How many threads there are.</param>
internal struct Patience(int threads)
{
    // Some 10 µs: many times what threads of equal shares are apart, and little to lose where another process has the core.
    private const int MostSpins = 150;

    // Some 10 ms: a thread of lower priority gets the core only from one that sleeps.
    private const int YieldsPerSleep = 20_000;

    private static readonly int Cores = Environment.ProcessorCount;

    private readonly int mostSpins = threads <= Cores ? MostSpins : 0;
    private int waits;

    /// <summary>Waits a moment; longer moments, the longer it lasts.</summary>
    public void Wait()
    {
        waits++;
        if (waits <= mostSpins)
        {
            Thread.SpinWait(1);
        }
        else if (waits % YieldsPerSleep == 0)
        {
            Thread.Sleep(1);
        }
        else
        {
            Thread.Yield();
        }
    }
}
