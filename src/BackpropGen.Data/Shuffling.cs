using System;
using BackpropGen.Runtime;

namespace BackpropGen.Data;

/// <summary>
/// The order of examples by chance: a pure function of the seed and the epoch, the same on every machine. So there is no state to
/// be kept: who knows the seed and the epoch knows the order.
/// </summary>
public static class Shuffling
{
    /// <summary>Fills <paramref name="order"/> with a permutation of 0, 1, …, n − 1, each as likely as any other.</summary>
    /// <remarks>
    /// R. Fisher and F. Yates, in the form of R. Durstenfeld ("Algorithm 235: Random permutation", Communications of the ACM 7, 1964); whole numbers
    /// below a bound by multiplication with rejection (D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019).
    /// </remarks>
    /// <param name="order">Receives the permutation.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="epoch">Any number: another one gives another permutation.</param>
    public static void Fill(Span<int> order, int seed, int epoch)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var random = new RandomStream(seed, epoch);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)Below(ref random, (uint)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Deals 0, 1, …, n − 1 out to two parts.</summary>
    /// <param name="count">n, at least 2.</param>
    /// <param name="share">The first part's share, in (0, 1); rounded to whole numbers, at least one in each part.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1).</exception>
    internal static (int[] First, int[] Second) Split(int count, double share, int seed)
    {
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of the first part must lie between 0 and 1.");
        }

        var order = new int[count];
        Fill(order, seed, 0);
        int first = Math.Clamp((int)Math.Round(share * count), 1, count - 1);
        return (order[..first], order[first..]);
    }

    private static uint Below(ref RandomStream random, uint bound)
    {
        ulong product = (random.Next() >> 32) * bound;
        if ((uint)product < bound)
        {
            uint threshold = unchecked(0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (random.Next() >> 32) * bound;
            }
        }

        return (uint)(product >> 32);
    }
}
