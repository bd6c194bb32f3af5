using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What users read, and what the compiler reads with every keystroke, does not grow unseen: a change that wants more says so here.</summary>
public sealed class TextBudgetTests
{
    [Theory]
    [InlineData(120_000, "[Affine(256, 256)] [Relu] [Affine(256, 256)] [Relu] [Affine(256, 10)] [CrossEntropyLoss] [Sgd(0.01f)]")]
    [InlineData(115_000, "[Affine(784, 128)] [Relu] [Affine(128, 10)] [CrossEntropyLoss] [Sgd(0.01f)]")]
    [InlineData(155_000, "[Affine(64, 32)] [Relu] [Affine(32, 10)] [CrossEntropyLoss] [Sgd(0.01f)]")]
    [InlineData(125_000, "[Affine(8, 16)] [Tanh] [Affine(16, 16)] [Tanh] [Affine(16, 2)] [MseLoss] [Sgd(0.01f)]")]
    [InlineData(55_000, "[Affine(3, 2)] [Sigmoid] [MseLoss] [Sgd(0.01f)]")]
    public void A_networks_text_stays_short(int mostBytes, string network)
    {
        Compilation source = Compilations.Create($"using BackpropGen;\n{network} public partial class Net {{ }}");
        Assert.Empty(source.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS0246"));
        string text = Compilations.Generate(source).GeneratedSources.Single().SourceText.ToString();
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, mostBytes - 1);
    }
}
