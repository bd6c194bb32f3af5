using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BackpropGen.Mpi;

namespace MpiProgram;

/// <summary>What <c>ICollective</c> promises, with as many processes as there are.</summary>
internal static class Laws
{
    public static int Check(MpiCollective collective)
    {
        int failures = 0;
        void Holds(bool holds, string law)
        {
            if (!holds)
            {
                failures++;
                Console.Error.WriteLine($"rank {collective.Rank}: {law}");
            }
        }

        // The first call of each binds its function.
        collective.Sum(Span<float>.Empty);
        collective.Sum(Span<double>.Empty);

        // Lengths around what the library treats in other ways: nothing, one value, short messages, long ones in segments.
        foreach (int length in (ReadOnlySpan<int>)[0, 1, 2, 3, 17, 1023, 4096, 100_003, 2_000_000])
        {
            var values = new float[length];
            var precise = new double[length];
            var expected = new double[length];
            for (int rank = 0; rank < collective.Size; rank++)
            {
                var random = new Random(rank);
                for (int i = 0; i < length; i++)
                {
                    float value = random.NextSingle() - 0.5f;
                    expected[i] += value;
                    if (rank == collective.Rank)
                    {
                        values[i] = value;
                        precise[i] = value;
                    }
                }
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            collective.Sum(values);
            collective.Sum(precise);
            Holds(GC.GetAllocatedBytesForCurrentThread() == allocated, $"a sum of {length} values allocates");
            double worst = 0;
            double worstPrecise = 0;
            for (int i = 0; i < length; i++)
            {
                worst = Math.Max(worst, Math.Abs(values[i] - expected[i]));
                worstPrecise = Math.Max(worstPrecise, Math.Abs(precise[i] - expected[i]));
            }

            Holds(worst <= collective.Size * 6e-8, $"the sum of {length} floats is wrong by {worst}");
            Holds(worstPrecise <= collective.Size * 2e-16, $"the sum of {length} doubles is wrong by {worstPrecise}");

            // The same bits everywhere: what the first has, all have.
            byte[] mine = SHA256.HashData(MemoryMarshal.AsBytes<float>(values));
            byte[] first = [.. mine];
            collective.Broadcast(first);
            Holds(mine.AsSpan().SequenceEqual(first), $"the sum of {length} floats has other bits than that of rank 0");
        }

        collective.Synchronize();
        Exception? fromElsewhere = Task.Run(() => Catch(collective.Synchronize)).GetAwaiter().GetResult();
        Holds(fromElsewhere is InvalidOperationException, "another thread may call");
        Holds(Catch(() => MpiCollective.Run(_ => 0)) is MpiException, "MPI is initialized a second time");

        // One line for all: everyone's failures are added up.
        Span<double> sum = [failures];
        collective.Sum(sum);
        if (collective.Rank == 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{collective.Size} processes, {sum[0]} failures, {MpiCollective.LibraryVersion}"));
        }

        return sum[0] == 0 ? 0 : 1;
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
