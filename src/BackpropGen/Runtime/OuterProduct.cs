#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>
/// What one or two samples add to a large matrix: every element once, as fast as the second cache gives and takes them. A tile of a sum over
/// samples would clear its sums and add them for as little.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OuterProduct
{
    /// <summary>The most samples.</summary>
    public const int MostSamples = 2;

    // So many rows share the loads of what lies along them.
    private const int Rows = 8;

    /// <summary>matrix[i, j] += Σn x[n, i]·y[n, j], for the i of a range. Nothing is checked.</summary>
    /// <param name="samples">One or two.</param>
    /// <param name="begin">The first row.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="height">All rows of the matrix.</param>
    /// <param name="width">Its columns: as many as a register has, or more.</param>
    /// <param name="x">[samples, height].</param>
    /// <param name="y">[samples, width].</param>
    /// <param name="matrix">[height, width].</param>
    /// <typeparam name="TFloats">The register.</typeparam>
    [MethodImpl(KernelOptions.OnItsOwn)]
    public static void Add<TFloats>(int samples, int begin, int end, int height, int width, ref float x, ref float y, ref float matrix)
        where TFloats : struct, IFloats<TFloats>
    {
        // The last rows first: the pass before has left them near, and the next call begins with the first.
        for (int last = end; last > begin; last -= Rows)
        {
            int first = Math.Max(last - Rows, begin);
            int rows = last - first;
            ref float factors = ref Unsafe.Add(ref x, first);
            ref float top = ref Unsafe.Add(ref matrix, (nint)first * width);

            // What no whole register holds, the register before it has as well: what that is to add stays for it. It comes first, for a load of what
            // has just been stored in parts waits for all of them.
            int rest = width % TFloats.Count;
            if (rest == 1)
            {
                AddColumn(samples, rows, height, width, ref factors, ref Unsafe.Add(ref y, width - 1), ref Unsafe.Add(ref top, width - 1));
            }
            else if (rest > 0)
            {
                int from = width - TFloats.Count;
                AddColumns(samples, rows, height, width, ref factors, ref Unsafe.Add(ref y, from), ref Unsafe.Add(ref top, from), TFloats.Index(0) < TFloats.Create(TFloats.Count - rest));
            }

            int j = 0;
            if (samples == 1)
            {
                for (; j <= width - (2 * TFloats.Count); j += 2 * TFloats.Count)
                {
                    TFloats left = TFloats.Load(ref y, j), right = TFloats.Load(ref y, j + TFloats.Count);
                    ref float target = ref Unsafe.Add(ref top, j);
                    for (int i = 0; i < rows; i++, target = ref Unsafe.Add(ref target, width))
                    {
                        TFloats factor = TFloats.Broadcast(ref factors, i);
                        TFloats.MultiplyAdd(factor, left, TFloats.Load(ref target, 0)).Store(ref target, 0);
                        TFloats.MultiplyAdd(factor, right, TFloats.Load(ref target, TFloats.Count)).Store(ref target, TFloats.Count);
                    }
                }
            }
            else
            {
                for (; j <= width - (2 * TFloats.Count); j += 2 * TFloats.Count)
                {
                    TFloats left = TFloats.Load(ref y, j), right = TFloats.Load(ref y, j + TFloats.Count);
                    TFloats left2 = TFloats.Load(ref y, width + j), right2 = TFloats.Load(ref y, width + j + TFloats.Count);
                    ref float target = ref Unsafe.Add(ref top, j);
                    for (int i = 0; i < rows; i++, target = ref Unsafe.Add(ref target, width))
                    {
                        TFloats factor = TFloats.Broadcast(ref factors, i), factor2 = TFloats.Broadcast(ref factors, height + i);
                        (TFloats.Load(ref target, 0) + TFloats.MultiplyAdd(factor2, left2, factor * left)).Store(ref target, 0);
                        (TFloats.Load(ref target, TFloats.Count) + TFloats.MultiplyAdd(factor2, right2, factor * right)).Store(ref target, TFloats.Count);
                    }
                }
            }

            if (j <= width - TFloats.Count)
            {
                AddColumns(samples, rows, height, width, ref factors, ref Unsafe.Add(ref y, j), ref Unsafe.Add(ref top, j), TFloats.Zero);
            }
        }
    }

    // A column of some rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(int samples, int rows, int height, int width, ref float factors, ref float y, ref float target)
    {
        for (int i = 0; i < rows; i++, target = ref Unsafe.Add(ref target, width))
        {
            float sum = Unsafe.Add(ref factors, i) * y;
            target += samples == 1 ? sum : sum + (Unsafe.Add(ref factors, height + i) * Unsafe.Add(ref y, width));
        }
    }

    // A register's columns of some rows, but those that another one has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns<TFloats>(int samples, int rows, int height, int width, ref float factors, ref float y, ref float target, TFloats others)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats left = TFloats.Load(ref y, 0);
        TFloats left2 = samples == 1 ? default : TFloats.Load(ref y, width);
        for (int i = 0; i < rows; i++, target = ref Unsafe.Add(ref target, width))
        {
            TFloats product = TFloats.Broadcast(ref factors, i) * left;
            TFloats sum = samples == 1 ? product : TFloats.MultiplyAdd(TFloats.Broadcast(ref factors, height + i), left2, product);
            TFloats old = TFloats.Load(ref target, 0);
            TFloats.Choose(others, old, old + sum).Store(ref target, 0);
        }
    }
}
#endif
