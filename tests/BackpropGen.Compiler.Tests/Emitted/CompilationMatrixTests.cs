using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Emitted code compiles wherever a user may be: in silence, at the highest warning level, for every language version, target and name.</summary>
public sealed class CompilationMatrixTests
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> NetStandard = new(() =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "netstandard2.0.references")).Where(l => l.EndsWith(".dll", StringComparison.Ordinal)).Select(l => MetadataReference.CreateFromFile(l))]);

    private static readonly string Networks = "namespace Some.Networks\n{\n    using BackpropGen;\n" + string.Concat(Varied().Select((attributes, i) =>
        $"    /// <summary>A network.</summary>\n    {attributes}\n    public partial class Network{i} {{ }}\n")) + "}\n";

    /// <summary>What users call things, and what a printer may trip over.</summary>
    private const string Names = """
        #pragma warning disable CS8981, CS1591, CS0660
        using BackpropGen;
        [Affine(20, 30)][Tanh][Affine(30, 3)][MseLoss][Sgd(0.1f)] internal partial class Global { }
        [Affine(40, 40, Name = "Kernel")] internal partial class OfKernels { }
        [Affine(40, 40, Name = "Math"), Tanh, Affine(40, 40, Name = "OuterProduct"), Softmax, Affine(40, 3, Name = "TileRows"), MseLoss, Sgd(0.1f)] internal partial class OfTypes { }
        [Affine(40, 9, Name = "Floats"), Tanh(Name = "Floats256"), Affine(9, 40, Name = "Unsafe"), Affine(40, 3, Name = "Transposition"), CrossEntropyLoss, Adam(0.1f)] internal partial class OfMoreTypes { }
        [Affine(8, 8, Name = "Vector512"), Tanh(Name = "MathF"), Affine(8, 8, Name = "Inference"), Relu(Name = "Span"), Affine(8, 2, Name = "Step"), MseLoss, Sgd(0.1f)] internal partial class OfSmallTypes { }
        namespace @namespace.Größe
        {
            [Affine(20, 30, Name = "Hidden")][Tanh][Affine(30, 3)][MseLoss][Sgd(0.1f)] internal partial class @class { }
            [Affine(2, 3)][CrossEntropyLoss][Adam] internal partial class Größe { }
            [Affine(20, 30)][Softmax] public sealed partial class record_ { }
            [Affine(20, 30)][Softmax] public abstract partial class Base { }
            [Relu][Input(20)] internal partial class Wrong { }
        }
        namespace System.Numerics { [Affine(20, 30)][Gelu][MaeLoss] internal partial class Vectors { } }
        namespace BackpropGen.Runtime { [Affine(20, 30)][Gelu][MaeLoss] internal partial class Inside { } }
        namespace BackpropGen.Generated { [Affine(20, 30)][Gelu][MaeLoss] internal partial class Inside { } }
        namespace Hiding
        {
            internal partial class System { [Affine(20, 30)][Relu][CrossEntropyLoss][Adam] internal partial class Floats { } }
            internal partial class Math { [Affine(20, 30)][Relu][CrossEntropyLoss][Adam] internal partial class Vector { } }
            internal partial class BackpropGen { internal partial class Runtime { } }
            [global::BackpropGen.Affine(20, 30)][global::BackpropGen.Relu][global::BackpropGen.MseLoss][global::BackpropGen.Sgd(0.1f)] internal partial class Span { }
        }
        namespace Containers
        {
            internal partial class InClass { [Affine(20, 30)][MseLoss] internal partial class Net { } }
            internal partial struct InStruct { [Affine(20, 30)][MseLoss] internal partial class Net { } }
            internal partial interface InInterface { [Affine(20, 30)][MseLoss] internal partial class Net { } }
            internal partial record InRecord { internal partial class @event { [Affine(20, 30)][MseLoss] private protected partial class Net { } } }
            internal static partial class InStatic { internal partial class Base { } [Affine(20, 30)][MseLoss] internal partial class Net : Base { public Net(int _) { } } }
        }
        """;

    public static TheoryData<LanguageVersion, bool, bool> Matrix
    {
        get
        {
            var matrix = new TheoryData<LanguageVersion, bool, bool>();
            foreach (LanguageVersion language in (LanguageVersion[])[LanguageVersion.CSharp9, LanguageVersion.Latest])
            {
                foreach (bool isNetStandard in (bool[])[true, false])
                {
                    // Checked arithmetic once with each language and once with each target.
                    matrix.Add(language, isNetStandard, (language == LanguageVersion.CSharp9) == isNetStandard);
                }
            }

            return matrix;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Emitted_code_compiles_in_silence(LanguageVersion language, bool isNetStandard, bool isChecked) =>
        Assert.Equal(string.Empty, string.Join('\n', Problems(Create(Networks, language, isNetStandard, isChecked))));

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Any_name_compiles(LanguageVersion language, bool isNetStandard, bool isChecked)
    {
        string source = language == LanguageVersion.CSharp9 ? Names : Names + """
            namespace Containers { internal partial record struct InRecordStruct { [Affine(20, 30)][MseLoss] internal partial class Net { } } }
            namespace Primary { [Affine(20, 30)][MseLoss] internal partial class Constructed(int number) { public int Number => number; } }
            """;
        Assert.Equal(string.Empty, string.Join('\n', Problems(Create(source, language, isNetStandard, isChecked))));
    }

    [Fact]
    public void A_network_with_errors_still_has_its_members()
    {
        const string Use = """
            #pragma warning disable CS1591
            using BackpropGen;
            public static class Use
            {
                public static float Of(Broken net, System.Span<float> values)
                {
                    net.Initialize(Broken.InputSize + Broken.OutputSize + Broken.ParameterCount);
                    net.Forward(values, values);
                    net.BackwardFrom(values, values, values);
                    return net.Loss(values, values) + net.Backward(values, values) + net.Accumulate(values, values) + net.TrainStep(values, values) + net.LearningRate;
                }
            }
            [Affine(3, 4)] [Affine(5, 2)] [MseLoss] [Sgd(0.1f)] public partial class Broken { }
            """;
        Assert.Empty(Problems(Create(Use, LanguageVersion.Latest, isNetStandard: false, isChecked: false)));
    }

    [Fact]
    public void Every_culture_gives_the_same_bytes()
    {
        string[] expected = Texts();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (CultureInfo culture in Cultures())
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
                Assert.Equal(expected, Texts());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }

        string[] Texts() => [.. Generate(Create(Networks, LanguageVersion.Latest, isNetStandard: false, isChecked: false)).Select(t => t.ToString())];
    }

    [Fact]
    public void Emitted_text_knows_nothing_of_this_machine()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (SyntaxTree tree in Generate(Create(Networks + Names, LanguageVersion.Latest, isNetStandard: false, isChecked: false)))
        {
            string text = tree.ToString();
            Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' ') || line.Contains('\t', StringComparison.Ordinal));
            Assert.DoesNotContain(Path.GetDirectoryName(Repository.File("BackpropGen.sln"))!, text, StringComparison.Ordinal);
            Assert.DoesNotContain(home, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Environment.MachineName, text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Varied()
    {
        string[] layers = RegisteredAttributes.Layers.SelectMany(l => RegisteredAttributes.Texts(l, 20, 20)).ToArray();
        string[] losses = RegisteredAttributes.Losses.SelectMany(l => RegisteredAttributes.Texts(l)).ToArray();
        string[] optimizers = RegisteredAttributes.Optimizers.SelectMany(o => RegisteredAttributes.Texts(o)).ToArray();
        string[] inputs = ["Input(20)", "Input(3, 20)", "Input(4, 2, 20)"];
        int count = new[] { (layers.Length + 1) / 2, losses.Length, optimizers.Length }.Max();
        for (int i = 0; i < count; i++)
        {
            string[] attributes =
            [
                inputs[i % 3],
                layers[2 * i % layers.Length],
                layers[((2 * i) + 1) % layers.Length],
                losses[i % losses.Length],
                optimizers[i % optimizers.Length],
            ];
            yield return string.Concat(attributes.Select(a => $"[{a}]"));
        }

        // Straight lines, single values, no loss, and scratch that is rented.
        yield return "[Affine(3, 2)][Sigmoid][MseLoss]";
        yield return "[Affine(2, 2)][Softmax][Affine(2, 3)][CrossEntropyLoss][Adam]";
        yield return "[Affine(1, 3)][Relu][Affine(3, 200)]";
        yield return "[Input(7)]";
        yield return "[Affine(10, 9000)][Tanh][Affine(9000, 2)][MseLoss]";
    }

    // Another decimal separator, other signs, and the Turkish i where the machine has it.
    private static IEnumerable<CultureInfo> Cultures()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212\u200e";
        culture.NumberFormat.PositiveSign = "plus";
        culture.NumberFormat.NaNSymbol = "none";
        yield return culture;
        yield return CultureInfo.GetCultureInfo("tr-TR");
        yield return CultureInfo.GetCultureInfo("fa-IR");
    }

    private static CSharpCompilation Create(string source, LanguageVersion language, bool isNetStandard, bool isChecked) => CSharpCompilation.Create(
        "User",
        [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(language, DocumentationMode.Diagnose), "User.cs")],
        isNetStandard ? NetStandard.Value : Compilations.References,
        Compilations.Options.WithWarningLevel(9999).WithOverflowChecks(isChecked).WithOptimizationLevel(OptimizationLevel.Release));

    private static SyntaxTree[] Generate(CSharpCompilation source)
    {
        GeneratorDriverRunResult result = EmittedAssembly.Driver(source).RunGenerators(source).GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        return [.. result.GeneratedTrees];
    }

    private static string[] Problems(CSharpCompilation source)
    {
        EmittedAssembly.Driver(source).RunGeneratorsAndUpdateCompilation(source, out Compilation complete, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Equal(source.SyntaxTrees.Sum(NetworksIn), complete.SyntaxTrees.Count() - source.SyntaxTrees.Length);
        return [.. diagnostics.Concat(complete.Emit(Stream.Null).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(10).Select(EmittedAssembly.Explain)];
    }

    private static int NetworksIn(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Count(type => type.AttributeLists.Count > 0);
}
