using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>
/// A thread's share of a call of inference: a range of its samples. A thread that works alone has all of them. Which thread computes a
/// value never changes its bits: ranges start at multiples of what one pass of a kernel works on, and totals are added in the order of the
/// samples.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct InferenceShare
{
    private readonly ThreadTeam? team;

    internal InferenceShare(ThreadTeam? team, int first, int last, int piece)
    {
        this.team = team;
        First = first;
        Last = last;

        // A multiple of 16 samples, so that every tensor begins on a boundary of 64 bytes.
        Rows = last - first >= piece ? piece : System.Math.Min(piece, (last - first + 15) & ~15);
    }

    /// <summary>The first sample of the thread.</summary>
    public int First { get; }

    /// <summary>One more than its last sample.</summary>
    public int Last { get; }

    /// <summary>How many samples the thread's scratch has room for: at least as many as it works on at once.</summary>
    public int Rows { get; }

    /// <summary>Adds the sum over a group of samples to a total: at once where the thread works alone, and else when all are there.</summary>
    /// <param name="total">The total of a thread that works alone.</param>
    /// <param name="group">The group's number, counted from the call's first sample.</param>
    /// <param name="sum">The sum over the group's samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref double total, int group, double sum)
    {
        if (team is null)
        {
            total += sum;
        }
        else
        {
            team.Keep(group, sum);
        }
    }
}
