using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes which rows a body works on: the pieces of a batch, and each thread's share of them where several share a method.</summary>
/// <param name="split">How they share it; null where one thread does all of it.</param>
/// <param name="writer">Where to.</param>
internal sealed class SplitPrinter(MethodSplit? split, CodeWriter writer)
{
    private int alone;

    /// <summary>The rows are passed from elsewhere, from begin to end.</summary>
    public bool IsOfPass { get; init; }

    private bool IsWithinPieces => split is { IsWithinPieces: true };

    private int Granule => split!.Granule;

    /// <summary>From which row to which, as they are passed on.</summary>
    public string Rows => IsOfPass || IsWithinPieces ? "begin, end" : "0, rows";

    /// <summary>Whether a pass of these kernels must know the thread's share.</summary>
    public bool WantsShare(IReadOnlyList<Kernel> kernels) =>
        IsWithinPieces && (kernels.Any(k => k.Split is not { IsOfRows: true } || k.Packing is not null) || kernels.Skip(1).Any(k => k.Waits));

    /// <summary>The rows of a piece.</summary>
    /// <param name="capacity">How many samples a piece has at most.</param>
    /// <param name="isOnePiece">All samples are one piece.</param>
    public void Begin(int capacity, bool isOnePiece)
    {
        if (isOnePiece)
        {
            writer.Line("int rows = samples;");
        }
        else if (split is { IsWithinPieces: false })
        {
            writer.Open("for (int first = share.First, rows; first < share.Last; first += rows)");
            writer.Line(Text("rows = Math.Min(share.Last - first, {0});", capacity == Granule ? Text("{0}", capacity) : Text("{0} - first % {0}", capacity)));
        }
        else
        {
            writer.Open(Text("for (int first = 0; first < samples; first += {0})", capacity));
            writer.Line(Text("int rows = Math.Min(samples - first, {0});", capacity));
        }

        if (IsWithinPieces)
        {
            writer.Line(Text("share.Range(rows, {0}, out int begin, out int end);", Granule));
        }
    }

    /// <summary>The end of a piece.</summary>
    /// <param name="isOnePiece">All samples are one piece.</param>
    /// <param name="hasTotal">A total is to be gathered.</param>
    public void End(bool isOnePiece, bool hasTotal)
    {
        if (IsWithinPieces && hasTotal)
        {
            writer.Line(Text("share.Gather(ref total, (rows + {0}) / {1});", Granule - 1, Granule));
        }
        else if (IsWithinPieces && !isOnePiece)
        {
            writer.Line("share.Meet();");
        }

        if (!isOnePiece)
        {
            writer.Close();
        }
    }

    /// <summary>Before a kernel that reads what other threads write.</summary>
    public void Wait(Kernel kernel)
    {
        if (IsWithinPieces && kernel.Waits)
        {
            writer.Line("share.Meet();");
        }
    }

    /// <summary>A packed copy of a matrix.</summary>
    public void Pack(string source, int rows, int columns, string copy, int stride)
    {
        if (!IsWithinPieces)
        {
            writer.Line(Text("Transposition.Copy(ref {0}, {1}, {2}, ref {3}, {4});", source, rows, columns, copy, stride));
            return;
        }

        writer.Line(Text("share.Range({0}, {1}, out int from, out int to); // of {2}", rows, Packing.Granule, source));
        writer.Line(Text("Transposition.Copy(ref Unsafe.Add(ref {0}, {1}), to - from, {2}, ref Unsafe.Add(ref {3}, from), {4});", source, columns == 1 ? "from" : Text("from * {0}", columns), columns, copy, stride));
        writer.Line("share.Meet();");
    }

    /// <summary>The call of a kernel, with the range that is this thread's.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Its method.</param>
    /// <param name="arguments">What it is passed beside the range.</param>
    /// <param name="comment">What stands behind it.</param>
    public void Call(Kernel kernel, string name, string arguments, string comment)
    {
        if (kernel.Split is { Gathers: true } && split is not null)
        {
            Total(name, arguments, comment);
            return;
        }

        string range = kernel.Split switch
        {
            null => "rows",
            { IsOfRows: true } => Rows,
            { } outputs when IsWithinPieces => Text("share.Begin({0}, {1}), share.End({0}, {1}), rows", outputs.Axis.Extent, outputs.Granule),
            { } outputs => Text("0, {0}, rows", outputs.Axis.Extent),
        };
        string call = $"{name}({range}, {arguments});{comment}";
        call = kernel.IsTotal ? "total += " + call : call;
        if (IsWithinPieces && kernel.Split is null)
        {
            // Not worth a split: the threads take turns.
            writer.Open(Text("if (share.Takes({0}))", alone++)).Line(call).Close();
        }
        else
        {
            writer.Line(call);
        }
    }

    // A sum for each group of rows: so that it does not depend on who has which.
    private void Total(string name, string arguments, string comment)
    {
        (string begin, string end, string group) = IsWithinPieces ? ("begin", "end", "n") : ("0", "rows", "(first + n)");
        writer.Open(Text("for (int n = {0}; n < {1}; n += {2})", begin, end, Granule));
        writer.Line(Text("share.Add(ref total, {0} / {1}, {2}(n, Math.Min(n + {1}, {3}), {4}));{5}", group, Granule, name, end, arguments, comment));
        writer.Close();
    }

    private static string Text(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
