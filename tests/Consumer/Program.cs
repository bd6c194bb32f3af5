using System;
using BackpropGen;

namespace Consumer
{
    /// <summary>The worked exercise: Y = X·W with ones for W, squared and summed.</summary>
    [Affine(2, 2, Bias = false)]
    [Square]
    [SumLoss]
    public sealed partial class ExerciseNet
    {
    }

    /// <summary>Exclusive or.</summary>
    [Affine(2, 8)]
    [Tanh]
    [Affine(8, 1)]
    [BinaryCrossEntropyWithLogitsLoss]
    [Adam(0.05f)]
    public sealed partial class XorNet
    {
    }

    /// <summary>Digits of 8 × 8 pixels: wide enough for tiles and vectors.</summary>
    [Affine(64, 32)]
    [Relu]
    [Affine(32, 10)]
    [CrossEntropyLoss]
    [Adam(0.001f)]
    public sealed partial class DigitNet
    {
    }

    /// <summary>What a user of the package would try first.</summary>
    public static class Program
    {
        private static bool surprised;

        /// <param name="arguments">Nothing; "write" or "compare" and a file, for the gradients alone; "weights" and a folder, for files of weights.</param>
        /// <returns>0 where everything came out as expected, otherwise 1.</returns>
        public static int Main(string[] arguments)
        {
            switch (arguments.Length == 2 ? arguments[0] : "")
            {
                case "write":
                    Gradients.Write(arguments[1]);
                    break;
                case "compare":
                    surprised = !Gradients.AreSame(arguments[1]);
                    break;
                case "weights":
                    Keeping.Write(arguments[1]);
                    break;
                default:
                    Exercise();
                    Xor();
                    Digits();
                    Kept();
                    break;
            }

            return surprised ? 1 : 0;
        }

        private static void Exercise()
        {
            var net = new ExerciseNet();
            net.Parameters.Fill(1);
            var inputGradient = new float[4];
            float loss = net.Backward(new float[] { 0, 1, 2, 3 }, default, inputGradient);
            Expect("loss", new[] { loss }, 52);
            Expect("dX", inputGradient, 4, 4, 20, 20);
            Expect("dW", net.Gradients, 20, 20, 32, 32);
            Expect("dW by its name", net.Affine1WeightsGradient, 20, 20, 32, 32);
        }

        private static void Xor()
        {
            float[] inputs = { 0, 0, 0, 1, 1, 0, 1, 1 };
            float[] targets = { 0, 1, 1, 0 };
            var net = new XorNet();
            float loss = 0;
            for (int step = 0; step < 500; step++)
            {
                loss = net.TrainStep(inputs, targets);
            }

            Expect("xor's loss below 0.01", new[] { loss < 0.01f ? 1f : loss }, 1);
            var logits = new float[4];
            net.Forward(inputs, logits);
            var signs = new float[4];
            for (int i = 0; i < signs.Length; i++)
            {
                signs[i] = logits[i] > 0 ? 1 : 0;
            }

            Expect("xor", signs, targets);
        }

        private static void Digits()
        {
            const int samples = 37;
            var inputs = new float[samples * DigitNet.InputSize];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = i * 7919 % 1013 / 1013f;
            }

            var labels = new int[samples];
            for (int n = 0; n < samples; n++)
            {
                labels[n] = n * 3 % DigitNet.OutputSize;
            }

            var net = new DigitNet();
            for (int step = 0; step < 200; step++)
            {
                net.TrainStep(inputs, labels);
            }

            // The same wherever and however it is compiled, up to rounding: initial parameters are the same bits everywhere.
            float loss = net.Loss(inputs, labels);
            Console.WriteLine($"digits' loss: {loss:R}");
            Expect("digits' loss is 1.17718 up to rounding", new[] { Math.Abs(loss - 1.17718f) < 1e-4f ? 1f : loss }, 1);
        }

        private static void Kept()
        {
            string? fault = Keeping.Fault();
            surprised |= fault is not null;
            Console.WriteLine($"weights are kept: {fault ?? "saved, replaced, loaded, and refused where damaged or another network's"}");
        }

        private static void Expect(string what, ReadOnlySpan<float> found, params float[] expected)
        {
            bool same = found.SequenceEqual(expected);
            surprised |= !same;
            string values = string.Join(", ", found.ToArray());
            Console.WriteLine(same ? $"{what}: {values}" : $"{what}: {values}; expected {string.Join(", ", expected)}");
        }
    }
}
