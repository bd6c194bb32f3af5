using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Whether a program is small enough for one straight line of code per sample.</summary>
internal static class StraightLine
{
    /// <summary>The most operations per sample: beyond it vector loops win, and the JIT's budget for a method comes near.</summary>
    private const int MostOperations = 128;

    /// <summary>The most locals: above some 250 the JIT keeps values in memory.</summary>
    private const int MostLocals = 160;

    public static bool Fits(NetworkProgram program) => Operations(program) <= MostOperations && Locals(program) <= MostLocals;

    public static string Reason(NetworkProgram program) => string.Format(
        CultureInfo.InvariantCulture,
        "One straight line per sample: {0} operations on {1} values, few enough to be locals.",
        Operations(program),
        Locals(program));

    private static long Operations(NetworkProgram program) => program.Statements.Sum(s =>
        Size(s.Statement.Free) * Size(s.Statement.Value.Over));

    private static long Locals(NetworkProgram program) =>
        program.Statements.SelectMany(s => s.Statement.Reads.Select(r => r.Tensor).Append(s.Statement.Target)).Distinct().Sum(t => (long)t.SizePerSample);

    private static long Size(IEnumerable<Axis> axes) => axes.Where(a => a.Extent.IsConstant).Aggregate(1L, (size, a) => size * a.Extent.Value);
}
