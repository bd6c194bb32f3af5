using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Threading.Tasks;
using BackpropGen.Tests.Runtime;

namespace BackpropGen.Benchmarks;

/// <summary>The errors of the vector functions over all 2³² floats, or every so many-th: what a test can only sample.</summary>
internal static class Accuracy
{
    private const int Chunks = 1024;

    /// <summary>Measures and prints one function, or all.</summary>
    /// <param name="arguments">A function's name or <c>all</c>, and a stride; by default all, and 1.</param>
    public static void Run(string[] arguments)
    {
        string name = arguments.Length > 0 ? arguments[0] : "all";
        uint stride = arguments.Length > 1 ? uint.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{"function",-10} {"vector: relative",17} {"at",16} {"ulp",8} {"scalar: relative",17} {"at",16} {"ulp",8}");
        foreach (ReferenceFunction function in ReferenceFunction.All.Where(f => name == "all" || f.Name == name))
        {
            Measure(function, stride);
        }
    }

    private static void Measure(ReferenceFunction function, uint stride)
    {
        Errors[] vectors = new Errors[Chunks];
        Errors[] scalars = new Errors[Chunks];
        Parallel.For(0, Chunks, chunk =>
        {
            const uint Length = (uint)((1L << 32) / Chunks);
            float[] inputs = new float[Vector<float>.Count];
            long end = (chunk + 1L) * Length;
            for (long bits = chunk * (long)Length; bits < end; bits += (long)stride * inputs.Length)
            {
                for (int lane = 0; lane < inputs.Length; lane++)
                {
                    inputs[lane] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + lane * (long)stride, end - 1));
                }

                Vector<float> results = function.Vector(new Vector<float>(inputs));
                for (int lane = 0; lane < inputs.Length; lane++)
                {
                    double truth = function.Truth(inputs[lane]);
                    vectors[chunk].Take(inputs[lane], results[lane], truth);
                    scalars[chunk].Take(inputs[lane], function.Scalar(inputs[lane]), truth);
                }
            }
        });

        Errors vector = vectors.Aggregate(Errors.Worse);
        Errors scalar = scalars.Aggregate(Errors.Worse);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{function.Name,-10} {vector.Relative,17:E2} {vector.At,16:R} {vector.Ulp,8:F3} {scalar.Relative,17:E2} {scalar.At,16:R} {scalar.Ulp,8:F3}"));
    }

    private struct Errors
    {
        /// <summary>The worst relative error where the true value is not denormal.</summary>
        public double Relative { get; private set; }

        /// <summary>Where that is.</summary>
        public float At { get; private set; }

        /// <summary>The worst error in units of the last place, denormal results included.</summary>
        public double Ulp { get; private set; }

        public static Errors Worse(Errors a, Errors b) => new()
        {
            Relative = Math.Max(a.Relative, b.Relative),
            At = a.Relative >= b.Relative ? a.At : b.At,
            Ulp = Math.Max(a.Ulp, b.Ulp),
        };

        public void Take(float x, float actual, double truth)
        {
            double relative = ReferenceFunction.RelativeError(actual, truth);
            if (relative > Relative)
            {
                Relative = relative;
                At = x;
            }

            Ulp = Math.Max(Ulp, ReferenceFunction.ErrorInUlp(actual, truth));
        }
    }
}
