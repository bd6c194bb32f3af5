using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BackpropGen.Training.Tests.Training;

/// <summary>Processes that are threads: for tests without MPI.</summary>
internal sealed class ThreadCollective : ICollective
{
    private readonly Shared shared;

    private ThreadCollective(Shared shared, int rank)
    {
        this.shared = shared;
        Rank = rank;
    }

    public int Rank { get; }

    public int Size => shared.Parts.Length;

    /// <summary>Runs something on so many threads at once; what one of them throws is thrown here, and the others end.</summary>
    public static T[] Run<T>(int size, Func<ICollective, T> run)
    {
        var shared = new Shared(size);
        Task<T>[] tasks = [.. Enumerable.Range(0, size).Select(rank => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return run(new ThreadCollective(shared, rank));
                }
                catch
                {
                    shared.Failed.Cancel();
                    throw;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task.WaitAll([.. tasks.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default))]);
        Exception? failure = tasks.Select(t => t.Exception?.InnerException).FirstOrDefault(e => e is not null and not OperationCanceledException);
        return failure is null ? [.. tasks.Select(t => t.Result)] : throw failure;
    }

    public void Sum(Span<float> values) => Exchange<float>(values, all =>
    {
        // In the order of the ranks: the same bits for all.
        var sum = new float[all[0].Length];
        foreach (float[] part in all)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += part[i];
            }
        }

        return sum;
    });

    public void Sum(Span<double> values) => Exchange<double>(values, all =>
    {
        var sum = new double[all[0].Length];
        foreach (double[] part in all)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += part[i];
            }
        }

        return sum;
    });

    public void Broadcast(Span<byte> values) => Exchange<byte>(values, all => all[0]);

    public void Synchronize() => shared.Barrier.SignalAndWait(shared.Failed.Token);

    private void Exchange<T>(Span<T> values, Func<T[][], T[]> combine)
    {
        int length = values.Length;
        shared.Parts[Rank] = values.ToArray();
        Synchronize();
        T[][] all = [.. shared.Parts.Select(p => (T[])p)];
        if (all.Any(p => p.Length != length))
        {
            throw new InvalidOperationException("The processes exchange different lengths: " + string.Join(", ", all.Select(p => p.Length)));
        }

        combine(all).CopyTo(values);
        Synchronize();
    }

    private sealed class Shared(int size)
    {
        public Array[] Parts { get; } = new Array[size];

        public Barrier Barrier { get; } = new(size);

        public CancellationTokenSource Failed { get; } = new();
    }
}
