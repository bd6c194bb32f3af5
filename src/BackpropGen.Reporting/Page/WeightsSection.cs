using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>How the parameters and their gradients are spread, tensor by tensor.</summary>
internal static class WeightsSection
{
    private const int MostCharts = 60;

    /// <summary>HTML; empty for a network without parameters.</summary>
    public static string Write(ReportModel model)
    {
        NetworkSummary network = model.Network;
        if (network.Tensors.Count == 0)
        {
            return "";
        }

        string gradients = network.GradientExamples == 0
            ? "There were no examples to take gradients on."
            : $"Gradients are those of the loss on {Numbers.Count(network.GradientExamples)} examples, at the end.";
        string left = network.Tensors.Count > MostCharts ? $" Charts of the first {MostCharts} of {Numbers.Count(network.Tensors.Count)} tensors." : "";
        return $"<p class=\"note\">After the training. {gradients}{left}</p>\n<div class=\"tensors\">"
            + string.Concat(network.Tensors.Take(MostCharts).Select(Tensor)) + "</div>\n"
            + Table.Folded(
                "The numbers, tensor by tensor",
                ["<Tensor", "<Shape", "Least", "Greatest", "Mean", "Deviation", "Zero", "Not finite", "Gradient's mean", "Gradient's deviation"],
                network.Tensors.Select(Row));
    }

    private static string Tensor(TensorSummary summary)
    {
        string name = summary.Tensor.Name;
        string note = $"{Shape(summary.Tensor)}{(summary.Tensor.IsTrainable ? "" : ", frozen")}";
        return $"<article><h3>{Html.Escape(name)}</h3><p>{note}</p><div class=\"pair\">{Chart(summary.Values, "Values", $"Values of {name}")}{Chart(summary.Gradients, "Gradient", $"Gradient of {name}")}</div></article>\n";
    }

    private static string Chart(Histogram? histogram, string label, string title)
    {
        string content = histogram is null ? "<p class=\"none\">none</p>"
            : histogram.Counts.Count == 0 ? "<p class=\"none\">no finite value</p>"
            : HistogramChart.Draw(histogram, title, 180, 84);
        string warning = histogram is { NotFinite: > 0 } ? $" <b class=\"bad\">{Numbers.Count(histogram.NotFinite)} not finite</b>" : "";
        string deviation = histogram is null || histogram.Counts.Count == 0 ? "" : $" σ {Numbers.Short(histogram.Deviation, 2)}";
        return $"<figure><figcaption>{label}{deviation}{warning}</figcaption>{content}</figure>";
    }

    private static IReadOnlyList<string> Row(TensorSummary summary) =>
    [
        summary.Tensor.Name,
        Shape(summary.Tensor),
        Numbers.Short(summary.Values.Minimum),
        Numbers.Short(summary.Values.Maximum),
        Numbers.Short(summary.Values.Mean),
        Numbers.Short(summary.Values.Deviation),
        Numbers.Count(summary.Values.Zeros),
        Numbers.Count(summary.Values.NotFinite + (summary.Gradients?.NotFinite ?? 0)),
        summary.Gradients is null ? "–" : Numbers.Short(summary.Gradients.Mean),
        summary.Gradients is null ? "–" : Numbers.Short(summary.Gradients.Deviation),
    ];

    private static string Shape(NetworkTensor tensor) => string.Join(" × ", tensor.Shape.Select(e => Numbers.Count(e)));
}
