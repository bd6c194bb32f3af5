using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Benchmarks;

/// <summary>
/// <see cref="Vector{T}"/>, as well as one writes it by hand for any size: one matrix product for all three passes, in tiles of four rows
/// and two vectors that stay in registers.
/// </summary>
internal sealed class VectorKernels : IKernels
{
    private static int Lanes => Vector<float>.Count;

    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        for (int i = 0; i < y.Length; i += outputs)
        {
            b.CopyTo(y.Slice(i, outputs));
        }

        AddProduct(x, inputs, 1, w, y, y.Length / outputs, outputs, inputs);
    }

    public static void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int outputs, Span<float> scratch)
    {
        int inputs = w.Length / outputs;
        for (int k = 0; k < inputs; k++)
        {
            for (int j = 0; j < outputs; j++)
            {
                scratch[j * inputs + k] = w[k * outputs + j];
            }
        }

        dx.Clear();
        AddProduct(dy, outputs, 1, scratch, dx, dx.Length / inputs, inputs, outputs);
    }

    public static void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> w, Span<float> b)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        AddProduct(x, 1, inputs, dy, w, inputs, outputs, dy.Length / outputs);
        for (int n = 0; n < dy.Length; n += outputs)
        {
            int j = 0;
            for (; j <= outputs - Lanes; j += Lanes)
            {
                (new Vector<float>(b[j..]) + new Vector<float>(dy[(n + j)..])).CopyTo(b[j..]);
            }

            for (; j < outputs; j++)
            {
                b[j] += dy[n + j];
            }
        }
    }

    public static void Activate(Span<float> y, Activation activation)
    {
        if (activation == Activation.None)
        {
            return;
        }

        int i = 0;
        for (; i <= y.Length - Lanes; i += Lanes)
        {
            Activate(new Vector<float>(y[i..]), activation).CopyTo(y[i..]);
        }

        if (i < y.Length)
        {
            // The rest as a vector of its own: the same arithmetic, and no second version.
            Span<float> rest = stackalloc float[Lanes];
            y[i..].CopyTo(rest);
            Activate(new Vector<float>(rest), activation).CopyTo(rest);
            rest[..(y.Length - i)].CopyTo(y[i..]);
        }
    }

    public static void MultiplyBySlope(Span<float> dy, ReadOnlySpan<float> y, Activation activation)
    {
        if (activation == Activation.None)
        {
            return;
        }

        int i = 0;
        for (; i <= y.Length - Lanes; i += Lanes)
        {
            (new Vector<float>(dy[i..]) * Slope(new Vector<float>(y[i..]), activation)).CopyTo(dy[i..]);
        }

        for (; i < y.Length; i++)
        {
            dy[i] *= Slope(new Vector<float>(y[i]), activation)[0];
        }
    }

    public static void Scale(Span<float> values, float factor)
    {
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    public static float SquaredError(ReadOnlySpan<float> y, ReadOnlySpan<float> t, Span<float> dy)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= y.Length - Lanes; i += Lanes)
        {
            Vector<float> difference = new Vector<float>(y[i..]) - new Vector<float>(t[i..]);
            sums += difference * difference;
            (difference * (2f / y.Length)).CopyTo(dy[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < y.Length; i++)
        {
            float difference = y[i] - t[i];
            sum += difference * difference;
            dy[i] = difference * (2f / y.Length);
        }

        return sum / y.Length;
    }

    // A row of ten is shorter than a vector on the widest machines: plain loops.
    public static float CrossEntropy(ReadOnlySpan<float> y, int label, Span<float> dy) => NaiveKernels.CrossEntropy(y, label, dy);

    private static Vector<float> Activate(Vector<float> x, Activation activation)
    {
        switch (activation)
        {
            case Activation.Relu:
                return Vector.Max(x, Vector<float>.Zero);
            case Activation.Tanh:
                // 1 − 2/(e²ˣ + 1), without the overflow; loses digits near 0.
                Vector<float> power = Vector.Exp(Vector.Min(x + x, new Vector<float>(20)));
                return Vector<float>.One - new Vector<float>(2) / (power + Vector<float>.One);
            default:
                return Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));
        }
    }

    private static Vector<float> Slope(Vector<float> y, Activation activation) => activation switch
    {
        Activation.Relu => Vector.ConditionalSelect(Vector.GreaterThan(y, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero),
        Activation.Tanh => Vector<float>.One - y * y,
        _ => y * (Vector<float>.One - y),
    };

    /// <summary>C = C + A·B: a [rows, depth] with strides, b [depth, columns], c [rows, columns].</summary>
    private static void AddProduct(ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, Span<float> c, int rows, int columns, int depth)
    {
        const int TileRows = 4;
        ref float a0 = ref MemoryMarshal.GetReference(a);
        ref float b0 = ref MemoryMarshal.GetReference(b);
        ref float c0 = ref MemoryMarshal.GetReference(c);
        int j = 0;
        for (; j <= columns - 2 * Lanes; j += 2 * Lanes)
        {
            int i = 0;
            for (; i <= rows - TileRows; i += TileRows)
            {
                Tile(ref Unsafe.Add(ref a0, i * rowStride), rowStride, depthStride, ref Unsafe.Add(ref b0, j), ref Unsafe.Add(ref c0, i * columns + j), columns, depth);
            }

            for (; i < rows; i++)
            {
                Strip(ref Unsafe.Add(ref a0, i * rowStride), depthStride, ref Unsafe.Add(ref b0, j), ref Unsafe.Add(ref c0, i * columns + j), columns, depth);
                Strip(ref Unsafe.Add(ref a0, i * rowStride), depthStride, ref Unsafe.Add(ref b0, j + Lanes), ref Unsafe.Add(ref c0, i * columns + j + Lanes), columns, depth);
            }
        }

        for (; j <= columns - Lanes; j += Lanes)
        {
            for (int i = 0; i < rows; i++)
            {
                Strip(ref Unsafe.Add(ref a0, i * rowStride), depthStride, ref Unsafe.Add(ref b0, j), ref Unsafe.Add(ref c0, i * columns + j), columns, depth);
            }
        }

        for (int i = 0; j < columns && i < rows; i++)
        {
            for (int k = 0; k < depth; k++)
            {
                float factor = a[i * rowStride + k * depthStride];
                for (int column = j; column < columns; column++)
                {
                    c[i * columns + column] += factor * b[k * columns + column];
                }
            }
        }
    }

    // Four rows and two vectors: eight sums in registers.
    private static void Tile(ref float a, int rowStride, int depthStride, ref float b, ref float c, int columns, int depth)
    {
        Vector<float> c00 = Load(ref c, 0), c01 = Load(ref c, Lanes);
        Vector<float> c10 = Load(ref c, columns), c11 = Load(ref c, columns + Lanes);
        Vector<float> c20 = Load(ref c, 2 * columns), c21 = Load(ref c, 2 * columns + Lanes);
        Vector<float> c30 = Load(ref c, 3 * columns), c31 = Load(ref c, 3 * columns + Lanes);
        for (int k = 0; k < depth; k++)
        {
            Vector<float> b0 = Load(ref b, 0);
            Vector<float> b1 = Load(ref b, Lanes);
            var x = new Vector<float>(a);
            c00 = Vector.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector.FusedMultiplyAdd(x, b1, c01);
            x = new Vector<float>(Unsafe.Add(ref a, rowStride));
            c10 = Vector.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector.FusedMultiplyAdd(x, b1, c11);
            x = new Vector<float>(Unsafe.Add(ref a, 2 * rowStride));
            c20 = Vector.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector.FusedMultiplyAdd(x, b1, c21);
            x = new Vector<float>(Unsafe.Add(ref a, 3 * rowStride));
            c30 = Vector.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector.FusedMultiplyAdd(x, b1, c31);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, columns);
        }

        Store(c00, ref c, 0);
        Store(c01, ref c, Lanes);
        Store(c10, ref c, columns);
        Store(c11, ref c, columns + Lanes);
        Store(c20, ref c, 2 * columns);
        Store(c21, ref c, 2 * columns + Lanes);
        Store(c30, ref c, 3 * columns);
        Store(c31, ref c, 3 * columns + Lanes);
    }

    // One row and one vector, in two chains.
    private static void Strip(ref float a, int depthStride, ref float b, ref float c, int columns, int depth)
    {
        Vector<float> even = Load(ref c, 0);
        Vector<float> odd = Vector<float>.Zero;
        int k = 0;
        for (; k <= depth - 2; k += 2)
        {
            even = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, k * depthStride)), Load(ref b, k * columns), even);
            odd = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, (k + 1) * depthStride)), Load(ref b, (k + 1) * columns), odd);
        }

        if (k < depth)
        {
            even = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, k * depthStride)), Load(ref b, k * columns), even);
        }

        Store(even + odd, ref c, 0);
    }

    private static Vector<float> Load(ref float at, int offset) => Vector.LoadUnsafe(ref at, (nuint)offset);

    private static void Store(Vector<float> values, ref float at, int offset) => values.StoreUnsafe(ref at, (nuint)offset);
}
