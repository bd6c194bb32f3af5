using System;
using System.Globalization;
using System.Threading;
using BackpropGen.Mpi;

namespace MpiProgram;

/// <summary>What .ci/run has mpirun start: each command checks something of several processes, and says so.</summary>
internal static class Program
{
    private static int Main(string[] args) => args switch
    {
        ["laws"] => MpiCollective.Run(Laws.Check),
        ["throws", var rank] => MpiCollective.Run(collective => Throws(collective, int.Parse(rank, CultureInfo.InvariantCulture))),
        ["fails", var rank] => MpiCollective.Run(collective => Fails(collective, int.Parse(rank, CultureInfo.InvariantCulture))),
        ["twice"] => MpiCollective.Run(_ => 0) + MpiCollective.Run(_ => 0),
        ["scaling"] => MpiCollective.Run(Scaling.Measure),
        ["compare", var one, var other, var tolerance] => Comparison.Run(one, other, double.Parse(tolerance, CultureInfo.InvariantCulture)),
        _ => Usage(),
    };

    /// <summary>The others wait: an exception in one process has to end them all.</summary>
    private static int Throws(MpiCollective collective, int rank)
    {
        if (collective.Rank == rank)
        {
            throw new InvalidOperationException("the data of this rank cannot be read");
        }

        collective.Synchronize();
        return 0;
    }

    private static int Fails(MpiCollective collective, int rank)
    {
        if (collective.Rank != rank)
        {
            Thread.Sleep(Timeout.Infinite);
        }

        return 7;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: MpiProgram laws | throws <rank> | fails <rank> | twice | scaling | compare <file> <file> <tolerance>");
        return 2;
    }
}
