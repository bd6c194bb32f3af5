using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>How much there is to do for a sample, and from which amount on it is worth several threads.</summary>
internal static class Workload
{
    /// <summary>
    /// The fewest multiply-adds that are worth a second thread: some 10 µs, against a microsecond or two for threads that wait for each
    /// other.
    /// </summary>
    public const long FewestOfThreads = 1 << 20;

    /// <summary>What the update of a value counts as: it waits for memory.</summary>
    public const int OfUpdate = 32;

    // A function is a polynomial, and what is around it.
    private const int OfFunction = 10;

    /// <summary>The operations on a sample's elements; those of a sum of products are multiply-adds.</summary>
    public static int PerSample(NetworkProgram program)
    {
        double operations = program.Statements.Where(s => !s.IfRequested).Select(s => s.Statement).Sum(s =>
            s.Free.Concat(s.Value.Over).Distinct().Where(a => a.Extent.IsConstant).Aggregate(1.0, (size, a) => size * a.Extent.Value) * PerElement(s));
        return (int)System.Math.Min(operations, int.MaxValue);
    }

    private static double PerElement(Statement statement) => System.Math.Max(
        1,
        statement.Value.Body.Nodes.Sum(e => e is Unary { IsFunction: true } ? OfFunction : e is Unary or Binary or Select ? 1 : 0));
}
