using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>The network: its diagram and its layers.</summary>
internal static class NetworkSection
{
    /// <summary>HTML.</summary>
    public static string Write(ReportModel model)
    {
        NetworkSummary network = model.Network;
        string layers = network.Layers.Count == 0 ? "" : "<h3>As it is declared</h3>\n" + Table.Write(
            "Layers, loss and optimizer in their order",
            ["<Layer", "<Arguments", "Parameters"],
            network.Layers.Select(l => (IReadOnlyList<string>)
            [
                l.Kind, l.Arguments.Length == 0 ? "–" : l.Arguments, l.Tensors.Count == 0 ? "–" : Numbers.Count(l.Tensors.Sum(t => (long)t.Length)),
            ]));
        string sizes = $"<dl class=\"facts\"><div><dt>Class</dt><dd>{Html.Escape(network.Name)}</dd></div><div><dt>Values in and out</dt><dd>{Numbers.Count(network.InputSize)} → {Numbers.Count(network.OutputSize)}</dd></div><div><dt>Parameters</dt><dd>{Numbers.Count(network.ParameterCount)}</dd></div><div><dt>Fingerprint</dt><dd class=\"code\">{Html.Escape(network.Fingerprint)}</dd></div></dl>\n";
        return $"<div class=\"split\">{Figure.Plain("Diagram", "From input to loss; widths by the logarithm of the number of values.", LayerDiagram.Draw(network))}<div>{layers}{sizes}</div></div>\n";
    }
}
