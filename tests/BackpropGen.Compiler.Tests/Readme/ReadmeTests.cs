using System;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The README says what the compiler is: its tables and its code come from there. BACKPROPGEN_ACCEPT=1 writes them anew.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_table_of_layers_is_current() => Verify("layers", ReadmeSections.Layers());

    [Fact]
    public void The_code_is_what_is_emitted()
    {
        var declaration = new NetworkDeclaration(
            "Card",
            default,
            "CardNet",
            "Card.CardNet",
            new LayerDeclaration[]
            {
                new("Affine", true, new ArgumentDeclaration[] { new("inputs", 3), new("outputs", 2) }.ToEquatableArray()),
                new("Sigmoid", true, default),
                new("MseLoss", true, default),
                new("Sgd", true, new ArgumentDeclaration[] { new("rate", 0.1f) }.ToEquatableArray()),
            }.ToEquatableArray(),
            new TargetCapabilities(HasVectors: true, HasFileTypes: true));
        string code = ReadmeSections.Method(NetworkCompiler.Emit(declaration), "static float TrainStepEach(");
        Verify("code", "```csharp\n" + code + "\n```");
    }

    private static void Verify(string section, string expected)
    {
        string path = Repository.File("README.md");
        string readme = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
        (string begin, string end) = ($"<!-- begin: {section} -->\n", $"<!-- end: {section} -->");
        int start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int stop = readme.IndexOf(end, start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("BACKPROPGEN_ACCEPT") == "1")
        {
            System.IO.File.WriteAllText(path, readme[..start] + expected + "\n" + readme[stop..]);
            return;
        }

        Assert.True(expected + "\n" == readme[start..stop], $"The section '{section}' of README.md is stale. BACKPROPGEN_ACCEPT=1 dotnet test writes it anew. It should be:\n{expected}");
    }
}
