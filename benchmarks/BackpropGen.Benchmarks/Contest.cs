using System;
using System.Globalization;
using System.IO;

namespace BackpropGen.Benchmarks;

/// <summary>This compiler's network and its opponents in C#, with the same parameters and samples.</summary>
internal sealed class Contest<TCase>
    where TCase : struct, INetworkCase
{
    // Sums in another order, and the exponential that the Vector<T> code makes its tanh of.
    private const float Tolerance = 1e-3f;

    private readonly TCase _compiled = new();
    private readonly Memory<float> _sample;

    public Contest()
    {
        Naive = new Perceptron<NaiveKernels>(_compiled, Batch);
        TensorPrimitives = new Perceptron<TensorPrimitivesKernels>(_compiled, Batch);
        Vectors = new Perceptron<VectorKernels>(_compiled, Batch);
        Input = Values(Batch * _compiled.Widths[0]);
        Targets = Values(Batch * _compiled.Widths[^1]);
        Output = new float[_compiled.Widths[^1]];
        _sample = Input.AsMemory(0, _compiled.Widths[0]);
        Labels = new int[Batch];
        for (int n = 0; n < Batch; n++)
        {
            Labels[n] = n % Output.Length;
        }
    }

    public Perceptron<NaiveKernels> Naive { get; }

    public Perceptron<TensorPrimitivesKernels> TensorPrimitives { get; }

    public Perceptron<VectorKernels> Vectors { get; }

    public float[] Input { get; }

    public float[] Targets { get; }

    public int[] Labels { get; }

    public float[] Output { get; }

    public int Batch => _compiled.Batch;

    public ReadOnlySpan<float> Sample => _sample.Span;

    public void Forward() => _compiled.Forward(Sample, Output);

    public float TrainStep() => _compiled.TrainStep(Input, Targets, Labels);

    /// <summary>Three training steps of everybody.</summary>
    /// <exception cref="InvalidDataException">Somebody computes something else.</exception>
    public void RequireAgreement()
    {
        for (int step = 0; step < 3; step++)
        {
            Forward();
            float[] expected = [.. Output];
            float loss = TrainStep();
            Require("naive", Naive);
            Require("TensorPrimitives", TensorPrimitives);
            Require("Vector<T>", Vectors);

            void Require<TKernels>(string name, Perceptron<TKernels> opponent)
                where TKernels : IKernels
            {
                opponent.Forward(Sample, Output);
                float difference = MathF.Abs(opponent.TrainStep(Input, Targets, Labels) - loss) / loss;
                for (int j = 0; j < expected.Length; j++)
                {
                    difference = MathF.Max(difference, MathF.Abs(Output[j] - expected[j]));
                }

                if (!(difference < Tolerance))
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{typeof(TCase).Name}, {name}: {difference} off in step {step}; expected less than {Tolerance}"));
                }
            }
        }
    }

    private static float[] Values(int count)
    {
        var random = new Random(1);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(random.NextDouble() * 2) - 1;
        }

        return values;
    }
}
