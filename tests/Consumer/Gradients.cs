using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using BackpropGen;

namespace Consumer
{
    /// <summary>Functions that a runtime without vectors computes by other means.</summary>
    [Affine(7, 13)]
    [Gelu]
    [Affine(13, 11)]
    [Mish]
    [Affine(11, 5)]
    [LogSoftmax]
    [NllLoss]
    [RmsProp]
    public sealed partial class SmoothNet
    {
    }

    /// <summary>More of them, and another loss.</summary>
    [Affine(5, 17)]
    [Silu]
    [Affine(17, 9, Layout = WeightLayout.OutIn)]
    [Elu]
    [Affine(9, 3)]
    [Sigmoid]
    [BinaryCrossEntropyLoss]
    [AdamW(0.01f)]
    public sealed partial class BoundedNet
    {
    }

    /// <summary>The same gradients wherever it runs, up to rounding: what one runtime writes, another one compares.</summary>
    public static class Gradients
    {
        // Of a network's largest gradient: sums of floats in another order differ in the last digits.
        private const double Tolerance = 1e-5;

        private const int Samples = 19;

        /// <summary>Writes each network's loss and gradients, a line each.</summary>
        public static void Write(string path) => File.WriteAllLines(path, Array.ConvertAll(All(), Line));

        /// <returns>Whether they are the same here.</returns>
        public static bool AreSame(string path)
        {
            string[] lines = File.ReadAllLines(path);
            float[][] all = All();
            bool same = lines.Length == all.Length;
            for (int i = 0; same && i < all.Length; i++)
            {
                float[] there = Array.ConvertAll(lines[i].Split(' '), x => float.Parse(x, CultureInfo.InvariantCulture));
                same = AreSame(all[i], there);
            }

            return same;
        }

        private static bool AreSame(float[] here, float[] there)
        {
            double largest = 0, difference = here.Length == there.Length ? 0 : double.PositiveInfinity;
            for (int i = 0; i < Math.Min(here.Length, there.Length); i++)
            {
                // The loss comes first: it is compared, but gradients are measured by gradients.
                largest = Math.Max(largest, i == 0 ? 0 : Math.Abs(there[i]));
                difference = Math.Max(difference, Math.Abs((double)here[i] - there[i]));
            }

            Console.WriteLine($"{here.Length} gradients: the largest difference is {difference / largest:E1} of the largest; at most {Tolerance:E1} is allowed");
            return largest > 0 && difference <= Tolerance * largest;
        }

        private static string Line(float[] values) => string.Join(" ", Array.ConvertAll(values, x => x.ToString("R", CultureInfo.InvariantCulture)));

        private static float[][] All() => new[]
        {
            Of(new DigitNet(), DigitNet.InputSize, DigitNet.OutputSize),
            Of(new SmoothNet(), SmoothNet.InputSize, SmoothNet.OutputSize),
            Of(new BoundedNet(), BoundedNet.InputSize, BoundedNet.OutputSize),
        };

        private static float[] Of(ITargetTrainable net, int inputs, int outputs)
        {
            var input = new float[Samples * inputs];
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = i * 7919 % 1013 / 506.5f - 1;
            }

            var target = new float[Samples * outputs];
            for (int n = 0; n < Samples; n++)
            {
                target[n * outputs + n % outputs] = 1;
            }

            var inputGradient = new float[input.Length];
            var all = new List<float> { net.Backward(input, target, inputGradient) };
            all.AddRange(net.Gradients.ToArray());
            all.AddRange(inputGradient);
            return all.ToArray();
        }
    }
}
