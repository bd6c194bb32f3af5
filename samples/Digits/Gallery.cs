using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Samples;
using Spectre.Console;

namespace Digits;

/// <summary>A few digits as the network sees them, beside the three classes that it finds likeliest.</summary>
internal static class Gallery
{
    private const int MaxSide = 16;
    private const string Shades = " ░▒▓█";

    public static void Show(DigitData data, IClassifier net)
    {
        var right = new List<int>();
        var wrong = new List<int>();
        var predicted = new int[1];
        for (int i = 0; i < data.Test.Count; i++)
        {
            net.Predict(data.Test.Input(i), predicted);
            (predicted[0] == data.Test.Target(i)[0] ? right : wrong).Add(i);
        }

        // Spread over the test digits, so that they are not all alike.
        IEnumerable<int> chosen = Spread(right, 3).Concat(Spread(wrong, 3));
        AnsiConsole.Write(new Columns(chosen.Select(index => Card(data, index, net))) { Expand = false });
        AnsiConsole.WriteLine();
    }

    private static IEnumerable<int> Spread(List<int> indices, int count) =>
        Enumerable.Range(0, Math.Min(count, indices.Count)).Select(i => indices[(2 * i + 1) * indices.Count / (2 * Math.Min(count, indices.Count))]);

    private static Panel Card(DigitData data, int index, IClassifier net)
    {
        ReadOnlySpan<float> picture = data.Test.Input(index);
        float[] probabilities = new float[net.OutputSize];
        net.Forward(picture, probabilities);
        Softmax(probabilities);

        int truth = data.Test.Target(index)[0];
        int[] ranked = [.. Enumerable.Range(0, probabilities.Length).OrderByDescending(j => probabilities[j])];
        string verdict = ranked[0] == truth ? "[green]right[/]" : "[red]wrong[/]";
        IEnumerable<string> seen = ranked.Take(3).Select(j => $"{j}  {probabilities[j],7:P1}");
        return new Panel(new Columns(new Text(Blocks(data.Side, picture)), new Markup($"[bold]a {truth}[/]\n\n{string.Join('\n', seen)}\n\n{verdict}")) { Expand = false });
    }

    // A pixel is two characters wide, so that it is about square; larger pictures are averaged down.
    private static string Blocks(int side, ReadOnlySpan<float> picture)
    {
        int pooled = (side + MaxSide - 1) / MaxSide;
        var text = new StringBuilder();
        for (int row = 0; row < side; row += pooled)
        {
            for (int column = 0; column < side; column += pooled)
            {
                float ink = Mean(picture, row, column);
                text.Append(Shades[(int)MathF.Round(ink * (Shades.Length - 1))], repeatCount: 2);
            }

            text.Append('\n');
        }

        return text.ToString(0, text.Length - 1);

        float Mean(ReadOnlySpan<float> picture, int top, int left)
        {
            float sum = 0;
            for (int i = 0; i < pooled * pooled; i++)
            {
                sum += picture[(top + i / pooled) * side + left + i % pooled];
            }

            return sum / (pooled * pooled);
        }
    }

    private static void Softmax(Span<float> logits)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = MathF.Max(max, logit);
        }

        float sum = 0;
        foreach (ref float value in logits)
        {
            value = MathF.Exp(value - max);
            sum += value;
        }

        foreach (ref float value in logits)
        {
            value /= sum;
        }
    }
}
