using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What the design says must never be.</summary>
public partial class ArchitectureTests
{
    [Fact]
    public void The_compiler_knows_no_Roslyn() =>
        Assert.DoesNotContain(
            typeof(LayerRegistry).Assembly.GetReferencedAssemblies(),
            a => a.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Fact]
    public void Nothing_but_a_layers_own_file_names_it()
    {
        // Nothing between input and output is the identity: the one layer that the compiler itself adds.
        string[] allowed = ["Network.cs: IdentityAttribute", "Network.cs: \"Identity"];
        string[] kinds = Sampling.NamesOf<LayerAttribute>().Concat(Sampling.NamesOf<LossAttribute>()).Concat(Sampling.NamesOf<OptimizerAttribute>()).ToArray();

        // Sigmoid and Tanh are functions before they are layers.
        var functions = new HashSet<string>(Enum.GetNames<UnaryOp>().Concat(Enum.GetNames<BinaryOp>()).Concat(typeof(Maths).GetMethods().Select(m => m.Name)));
        var found = new List<string>();
        foreach ((string file, SyntaxToken token) in Tokens("src/BackpropGen.Compiler"))
        {
            foreach (string kind in kinds)
            {
                bool isNamed = token.IsKind(SyntaxKind.IdentifierToken)
                    ? token.ValueText == kind + "Attribute" || (token.ValueText == kind && !functions.Contains(kind))
                    : IsText(token) && Regex.IsMatch(token.Text, $@"(?<![A-Za-z]){kind}(?![a-z])") && !functions.Contains(kind);
                string what = $"{Path.GetFileName(file)}: {token.Text}";
                if (isNamed && !allowed.Any(a => what.StartsWith(a, StringComparison.Ordinal)))
                {
                    found.Add(what);
                }
            }
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("Planning")]
    [InlineData("Printing")]
    public void A_strategy_or_printer_asks_for_no_attributes_type(string folder)
    {
        IEnumerable<string> found = Tokens("src/BackpropGen.Compiler/" + folder)
            .Where(t => t.Token.IsKind(SyntaxKind.IdentifierToken) && LayerRegistry.Kinds.ContainsKey(AttributeSuffix().Replace(t.Token.ValueText, string.Empty)) && AttributeSuffix().IsMatch(t.Token.ValueText))
            .Select(t => $"{Path.GetFileName(t.File)}: {t.Token.Text}");
        Assert.Empty(found);
    }

    [Fact]
    public void Every_attribute_is_a_file_of_its_name_and_every_file_a_type()
    {
        string folder = Repository.File("src/Layers");
        string[] files = Directory.GetFiles(folder, "*.cs").Select(Path.GetFileNameWithoutExtension).OfType<string>().ToArray();
        foreach (Type type in LayerRegistry.Kinds.Values)
        {
            Assert.Contains(type.Name, files);
            Assert.True(type.IsSealed && type.IsPublic, $"{type.Name} is public and sealed.");
        }

        foreach (string file in files)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(folder, file + ".cs"))).GetRoot();
            string type = Assert.Single(root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()).Identifier.ValueText;
            Assert.Equal(file, type);
        }
    }

    [Fact]
    public void A_layer_knows_no_strategy_and_no_text()
    {
        string[] backend = typeof(LayerRegistry).Assembly.GetTypes()
            .Where(t => typeof(Strategy).IsAssignableFrom(t) || t.Name.EndsWith("Printer", StringComparison.Ordinal) || t.Name.EndsWith("Plan", StringComparison.Ordinal))
            .Select(t => t.Name)
            .ToArray();
        Assert.NotEmpty(backend);
        Assert.DoesNotContain(Tokens("src/Layers"), t => t.Token.IsKind(SyntaxKind.IdentifierToken) && backend.Contains(t.Token.ValueText));
    }

    [GeneratedRegex("Attribute$")]
    private static partial Regex AttributeSuffix();

    private static bool IsText(SyntaxToken token) => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken);

    private static IEnumerable<(string File, SyntaxToken Token)> Tokens(string folder)
    {
        string root = Repository.File(folder);
        string[] files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(root, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .ToArray();
        Assert.NotEmpty(files);
        var symbols = CSharpParseOptions.Default.WithPreprocessorSymbols("BACKPROPGEN_COMPILER");
        return files.SelectMany(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), symbols).GetRoot().DescendantTokens().Select(t => (f, t)));
    }
}
