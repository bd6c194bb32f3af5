using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>The layers from the input down to the loss: what has parameters as a shape from its inputs' width to its outputs', the rest as a bar.</summary>
internal static class LayerDiagram
{
    private const double Row = 46, Body = 26, Width = 340, Centre = 62, Widest = 116, Narrowest = 14;
    private const int Most = 48;

    /// <summary>Draws it; empty where nothing is known of the layers.</summary>
    public static string Draw(NetworkSummary network)
    {
        IReadOnlyList<Stage> stages = Shorten(Stages(network));
        double largest = stages.Max(s => Math.Max(s.In, s.Out));
        var svg = new Svg(Width, Row * stages.Count + 8, $"Layers of {network.Name}", string.Join("; ", stages.Select(s => s.Name + (s.Note.Length == 0 ? "" : ", " + s.Note))) + ".", "chart diagram");
        for (int i = 0; i < stages.Count; i++)
        {
            Stage stage = stages[i];
            double y = 6 + i * Row, a = Span(stage.In, largest) / 2, b = Span(stage.Out, largest) / 2;
            if (i > 0)
            {
                svg.Line(Centre, y - (Row - Body), Centre, y, "wire");
            }

            if (stage.Style == "skip")
            {
                svg.Line(Centre, y, Centre, y + Body, "wire skip");
            }
            else
            {
                svg.Path($"M{Svg.N(Centre - a)} {Svg.N(y)}H{Svg.N(Centre + a)}L{Svg.N(Centre + b)} {Svg.N(y + Body)}H{Svg.N(Centre - b)}Z", "layer " + stage.Style);
            }

            svg.Text(2 * Centre + 14, y + (stage.Note.Length == 0 ? 17 : 11), Html.Shorten(stage.Name, 30), "layername")
                .Text(2 * Centre + 14, y + 27, stage.Note, "tick");
        }

        return svg.ToString();
    }

    /// <summary>Widths tell sizes apart over decades: by their logarithm.</summary>
    private static double Span(double size, double largest) =>
        Narrowest + (Widest - Narrowest) * (largest <= 1 ? 0 : Math.Log(Math.Max(size, 1)) / Math.Log(largest));

    private static List<Stage> Stages(NetworkSummary network)
    {
        double size = network.Layers.FirstOrDefault(l => l.Inputs is not null)?.Inputs ?? network.InputSize;
        var stages = new List<Stage> { new("input", Values(network.InputSize), size, size, "plain") };
        foreach (DeclaredLayer layer in network.Layers.Where(l => l.Role is LayerRole.Layer or LayerRole.Loss))
        {
            double next = layer.Outputs ?? size;
            long parameters = layer.Tensors.Sum(t => (long)t.Length);
            bool frozen = parameters > 0 && layer.Tensors.All(t => !t.IsTrainable);
            string note = layer.Role == LayerRole.Loss ? "loss"
                : parameters > 0 ? Numbers.Count(parameters) + " parameters" + (frozen ? ", frozen" : "") : "";
            stages.Add(new Stage(
                layer.Outputs is { } outputs ? $"{layer.Kind}  {Numbers.Count(size)} → {Numbers.Count(outputs)}" : layer.Kind,
                note,
                size,
                next,
                layer.Role == LayerRole.Loss ? "loss" : frozen ? "frozen" : parameters > 0 ? "learns" : "plain"));
            size = next;
        }

        // Without the attributes: what has parameters, as the tensors say it.
        foreach (NetworkTensor tensor in network.Tensors.Select(t => t.Tensor).Where(t => network.Layers.Count == 0 && t.Layout is not null))
        {
            (int inputs, int outputs) = tensor.Layout == WeightLayout.InOut ? (tensor.Shape[0], tensor.Shape[1]) : (tensor.Shape[1], tensor.Shape[0]);
            stages.Add(new Stage(tensor.Layer, $"{Numbers.Count(inputs)} → {Numbers.Count(outputs)}", inputs, outputs, tensor.IsTrainable ? "learns" : "frozen"));
            size = outputs;
        }

        int end = stages.FindIndex(s => s.Style == "loss");
        stages.Insert(end < 0 ? stages.Count : end, new Stage("output", Values(network.OutputSize), size, size, "plain"));
        return stages;
    }

    /// <summary>Of very deep networks the beginning and the end.</summary>
    private static List<Stage> Shorten(List<Stage> stages)
    {
        if (stages.Count <= Most)
        {
            return stages;
        }

        int half = Most / 2, left = stages.Count - 2 * half;
        return [.. stages[..half], new Stage($"{Numbers.Count(left)} more", "", 1, 1, "skip"), .. stages[^half..]];
    }

    private static string Values(int count) => count == 1 ? "1 value" : Numbers.Count(count) + " values";

    private sealed record Stage(string Name, string Note, double In, double Out, string Style);
}
