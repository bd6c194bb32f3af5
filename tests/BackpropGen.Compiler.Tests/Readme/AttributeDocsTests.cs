using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What completion and quick info show of an attribute: the formula, and what shapes go in and out.</summary>
public class AttributeDocsTests
{
    private static readonly XDocument Docs = XDocument.Load(Path.ChangeExtension(typeof(LayerRegistry).Assembly.Location, ".xml"));

    public static TheoryData<string> Kinds => [.. Sampling.NamesOf<LayerAttribute>(), .. Sampling.NamesOf<LossAttribute>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_or_loss_shows_its_formula_and_its_shapes(string kind)
    {
        XElement docs = Docs.Descendants("member").Single(member => member.Attribute("name")!.Value == "T:" + LayerRegistry.Kinds[kind].FullName);
        Assert.True(kind == "SumLoss" || docs.Element("summary")!.Elements("c").Any(), $"{kind} has no formula in <c>.");
        Assert.StartsWith("Shapes: ", docs.Element("remarks")?.Value, System.StringComparison.Ordinal);
    }
}
