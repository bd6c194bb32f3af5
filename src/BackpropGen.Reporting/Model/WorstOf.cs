using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>Keeps the items with the highest scores of all that are offered, in the memory of those that are kept.</summary>
/// <param name="capacity">How many are kept, not negative.</param>
/// <remarks>NaN counts as the worst. Of equal scores the first stays.</remarks>
internal sealed class WorstOf<T>(int capacity)
{
    private readonly PriorityQueue<T, (double Score, long Age)> kept = new();
    private long offered;

    /// <summary>Whether an item of this score would be kept: asked before making one.</summary>
    public bool Takes(double score) =>
        capacity > 0 && (kept.Count < capacity || (kept.TryPeek(out _, out (double Score, long Age) least) && Rank(score) > least.Score));

    /// <summary>Offers an item.</summary>
    public void Offer(T item, double score)
    {
        if (Takes(score))
        {
            kept.Enqueue(item, (Rank(score), -offered++));
            if (kept.Count > capacity)
            {
                kept.Dequeue();
            }
        }
    }

    /// <summary>What was kept, the worst first.</summary>
    public IReadOnlyList<T> ToList() => [.. kept.UnorderedItems.OrderByDescending(i => i.Priority).Select(i => i.Element)];

    private static double Rank(double score) => double.IsNaN(score) ? double.PositiveInfinity : score;
}
