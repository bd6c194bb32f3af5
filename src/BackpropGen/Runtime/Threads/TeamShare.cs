using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>
/// A thread's share of a training call: ranges of a piece's samples, and of the rows of a gradient. A thread that works alone has all of
/// it. Which thread computes a value never changes its bits: ranges start at multiples of what one pass of a kernel works on, and totals
/// are added in the order of the samples.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TeamShare
{
    private readonly ThreadTeam? team;
    private readonly int index;

    internal TeamShare(ThreadTeam team, int index)
    {
        this.team = team;
        this.index = index;
    }

    /// <summary>Where the thread's range begins.</summary>
    /// <param name="extent">The length of all ranges together.</param>
    /// <param name="granule">Ranges start at multiples of this; the last one has what is left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Begin(int extent, int granule) => team is null ? 0 : ThreadTeam.Bound(index, team.Count, extent, granule);

    /// <summary>Where the thread's range ends; the beginning of the next one's.</summary>
    /// <inheritdoc cref="Begin"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int End(int extent, int granule) => team is null ? extent : ThreadTeam.Bound(index + 1, team.Count, extent, granule);

    /// <summary>The thread's range.</summary>
    /// <param name="extent">The length of all ranges together.</param>
    /// <param name="granule">Ranges start at multiples of this; the last one has what is left.</param>
    /// <param name="begin">Where it begins.</param>
    /// <param name="end">Where it ends; the beginning of the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Range(int extent, int granule, out int begin, out int end)
    {
        begin = Begin(extent, granule);
        end = End(extent, granule);
    }

    /// <summary>Whether this thread does a pass that is not split; consecutive numbers fall on different threads.</summary>
    /// <param name="number">The pass's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Takes(int number) => team is null || number % team.Count == index;

    /// <summary>Waits until all threads have come so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Meet() => team?.Meet();

    /// <summary>Adds the sum over a group of samples to a total: at once where the thread works alone, and else when all are there.</summary>
    /// <param name="total">The total of a thread that works alone.</param>
    /// <param name="group">The group's number, counted from the first sample that the totals are for.</param>
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

    /// <summary>Ends a piece of a batch: waits for all threads, and adds what they kept of a total, in order.</summary>
    /// <param name="total">The total; the thread of share 0 adds to it.</param>
    /// <param name="groups">How many groups of samples the piece had.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Gather(ref double total, int groups)
    {
        if (team is not null)
        {
            team.Meet();
            total = index == 0 ? team.Gather(total, groups) : total;
            team.Meet();
        }
    }
}
