using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.Runtime;
using BackpropGen.Tests.Runtime;

namespace BackpropGen.Benchmarks;

/// <summary>The errors of the functions, of one float and of registers, over all 2³² floats, or every so many-th: what a test can only sample.</summary>
internal static class Accuracy
{
    private const int Chunks = 1024;

    // As many floats as fill the widest register.
    private const int Block = 16;

    /// <summary>Measures and prints one function, or all.</summary>
    /// <param name="arguments">A function's name or <c>all</c>, and a stride; by default all, and 1.</param>
    public static void Run(string[] arguments)
    {
        string name = arguments.Length > 0 ? arguments[0] : "all";
        uint stride = arguments.Length > 1 ? uint.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{"function",-10} {"of",8} {"relative",10} {"at",16} {"ulp",8}   other bits than 512");
        foreach (ReferenceFunction function in ReferenceFunction.All.Where(f => name == "all" || f.Name == name))
        {
            Measure(function, stride);
        }
    }

    private static void Measure(ReferenceFunction function, uint stride)
    {
        (string Name, Action<float[], float[]> Evaluate)[] forms =
        [
            ("512", InRegisters(function.Of<Floats512>())),
            ("256", InRegisters(function.Of<Floats256>())),
            ("128", InRegisters(function.Of<Floats128>())),
            ("1 float", OneByOne(function.Scalar)),
        ];
        var chunks = new Errors[Chunks][];

        // Without a limit the pool, which sees that nothing gets done for a while, adds thread after thread.
        Parallel.For(0, Chunks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk =>
        {
            const uint Length = (uint)((1L << 32) / Chunks);
            var errors = new Errors[forms.Length];
            float[] inputs = new float[Block];
            double[] truths = new double[Block];
            float[][] results = [.. forms.Select(_ => new float[Block])];
            long end = (chunk + 1L) * Length;
            for (long bits = chunk * (long)Length; bits < end; bits += (long)stride * Block)
            {
                for (int lane = 0; lane < Block; lane++)
                {
                    inputs[lane] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + lane * (long)stride, end - 1));
                    truths[lane] = function.Truth(inputs[lane]);
                }

                for (int form = 0; form < forms.Length; form++)
                {
                    forms[form].Evaluate(inputs, results[form]);
                }

                for (int lane = 0; lane < Block; lane++)
                {
                    float widest = results[0][lane];
                    double relative = ReferenceFunction.RelativeError(widest, truths[lane]);
                    double ulp = ReferenceFunction.ErrorInUlp(widest, truths[lane]);
                    errors[0].Take(inputs[lane], relative, ulp);
                    for (int form = 1; form < forms.Length; form++)
                    {
                        // The same bits have the same error, and most are the same.
                        float result = results[form][lane];
                        if (BitConverter.SingleToInt32Bits(result) == BitConverter.SingleToInt32Bits(widest))
                        {
                            errors[form].Take(inputs[lane], relative, ulp);
                        }
                        else
                        {
                            errors[form].Take(inputs[lane], ReferenceFunction.RelativeError(result, truths[lane]), ReferenceFunction.ErrorInUlp(result, truths[lane]));
                            errors[form].Different += float.IsNaN(result) && float.IsNaN(widest) ? 0 : 1;
                        }
                    }
                }
            }

            chunks[chunk] = errors;
        });

        for (int form = 0; form < forms.Length; form++)
        {
            Errors worst = chunks.Select(errors => errors[form]).Aggregate(Errors.Worse);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{function.Name,-10} {forms[form].Name,8} {worst.Relative,10:E2} {worst.At,16:R} {worst.Ulp,8:F3}   {worst.Different}"));
        }
    }

    private static Action<float[], float[]> InRegisters<T>(Func<T, T> function)
        where T : struct, IFloats<T> => (inputs, results) =>
        {
            for (int i = 0; i < inputs.Length; i += T.Count)
            {
                function(T.Load(ref inputs[0], i)).Store(ref results[0], i);
            }
        };

    private static Action<float[], float[]> OneByOne(Func<float, float> function) => (inputs, results) =>
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            results[i] = function(inputs[i]);
        }
    };

    private struct Errors
    {
        /// <summary>The worst relative error where the true value is not denormal.</summary>
        public double Relative { get; private set; }

        /// <summary>Where that is.</summary>
        public float At { get; private set; }

        /// <summary>The worst error in units of the last place, denormal results included.</summary>
        public double Ulp { get; private set; }

        /// <summary>How many results have other bits than the widest register's; NaN is NaN.</summary>
        public long Different { get; set; }

        public static Errors Worse(Errors a, Errors b) => new()
        {
            Relative = Math.Max(a.Relative, b.Relative),
            At = a.Relative >= b.Relative ? a.At : b.At,
            Ulp = Math.Max(a.Ulp, b.Ulp),
            Different = a.Different + b.Different,
        };

        public void Take(float x, double relative, double ulp)
        {
            if (relative > Relative)
            {
                Relative = relative;
                At = x;
            }

            if (ulp > Ulp)
            {
                Ulp = ulp;
            }
        }
    }
}
