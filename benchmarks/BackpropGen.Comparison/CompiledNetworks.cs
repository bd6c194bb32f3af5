using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Comparison;

/// <summary>Networks compiled while the program runs, by the generator and the C# compiler as in a user's build, optimized.</summary>
internal sealed class CompiledNetworks
{
    /// <summary>The learning rate that the networks declare: that of the competitors (<c>serve.h</c>).</summary>
    private const string Rate = "0.001f";

    private static int assemblies;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(INetwork).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Subject).Assembly.Location),
    ];

    private readonly Dictionary<string, Type> _subjects = [];

    private CompiledNetworks()
    {
    }

    /// <exception cref="InvalidOperationException">What the generator emits does not compile.</exception>
    public static CompiledNetworks Of(IReadOnlyList<NetworkSpec> networks)
    {
        CSharpCompilation source = CSharpCompilation.Create(
            FormattableString.Invariant($"Networks{++assemblies}"),
            [CSharpSyntaxTree.ParseText("using System;\nusing System.Runtime.CompilerServices;\nusing BackpropGen;\nusing BackpropGen.Comparison;\n" + string.Concat(networks.Select(Source)), Language)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Language)
            .RunGeneratorsAndUpdateCompilation(source, out Compilation complete, out ImmutableArray<Diagnostic> diagnostics);
        using var image = new MemoryStream();
        diagnostics = [.. diagnostics.AddRange(complete.Emit(image).Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (!diagnostics.IsEmpty)
        {
            throw new InvalidOperationException("What the generator emits does not compile:\n" + string.Join('\n', diagnostics.Take(5)));
        }

        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        var compiled = new CompiledNetworks();
        for (int i = 0; i < networks.Count; i++)
        {
            compiled._subjects.Add(networks[i].Text, assembly.GetType(FormattableString.Invariant($"Subject{i}"), throwOnError: true)!);
        }

        return compiled;
    }

    /// <summary>A new object of a network, with the parameters that everybody starts from.</summary>
    public Subject Create(NetworkSpec network)
    {
        var subject = (Subject)Activator.CreateInstance(_subjects[network.Text])!;
        Numbers.FillParameters(network, subject.Network.Parameters);
        return subject;
    }

    // The loops are compiled once and in full, as the competitors' are: what the runtime puts in place of a loop that runs keeps its
    // counter in memory.
    private static string Source(NetworkSpec network, int i) => FormattableString.Invariant(
        $$"""
        {{network.Attributes(Rate)}} public sealed partial class Network{{i}} { }
        public sealed class Subject{{i}} : Subject
        {
            private readonly Network{{i}} network = new();
            public override ITrainable Network => network;
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public override void Infer(ReadOnlySpan<float> input, Span<float> output, int calls)
            {
                for (int i = 0; i < calls; i++) network.Forward(input, output);
            }
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public override float Train(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels, int calls)
            {
                float loss = 0;
                for (int i = 0; i < calls; i++) loss = network.TrainStep(input, {{(network.Loss == Loss.CrossEntropy ? "labels" : "targets")}});
                return loss;
            }
        }

        """);
}
