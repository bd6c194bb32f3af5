using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Compiler.Tests;

/// <summary>Networks that the real generator emitted, compiled in memory and loaded: all of a test in one compilation, for a compilation's start is what costs.</summary>
internal sealed class EmittedAssembly
{
    private static int assemblies;

    private readonly IReadOnlyList<string[]> networks;
    private readonly Lazy<Truth>[] truths;
    private readonly Assembly assembly;

    private EmittedAssembly(IReadOnlyList<string[]> networks, CSharpCompilation source, Assembly assembly)
    {
        this.networks = networks;
        truths = [.. networks.Select((_, i) => new Lazy<Truth>(() => new Truth(Compilations.Parse(source, Name(i))!.Declaration)))];
        this.assembly = assembly;
    }

    public int Count => networks.Count;

    /// <summary>Compiles networks, each given by its attributes as they stand in C#.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="emulated">The machine; null for this one.</param>
    public static EmittedAssembly Of(IEnumerable<string[]> networks, EmulatedLibrary? emulated = null)
    {
        emulated ??= EmulatedLibrary.IfAsked;
        string[][] all = networks.ToArray();
        string classes = string.Concat(all.Select((attributes, i) => $"{string.Concat(attributes.Select(a => $"[{a}] "))}public partial class {Name(i)} {{ }}\n"));

        // Documentation is read, and its warnings counted, where the compilation is the subject.
        CSharpCompilation source = CSharpCompilation.Create(
            FormattableString.Invariant($"Emitted{Interlocked.Increment(ref assemblies)}"),
            [CSharpSyntaxTree.ParseText("using BackpropGen;\n" + classes, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), "Networks.cs")],
            emulated is null ? Compilations.References : [.. Compilations.Framework, emulated.Reference],
            Compilations.Options.WithOptimizationLevel(OptimizationLevel.Release));
        Driver(source).RunGeneratorsAndUpdateCompilation(source, out Compilation complete, out ImmutableArray<Diagnostic> diagnostics);
        if (emulated is not null)
        {
            foreach (SyntaxTree tree in complete.SyntaxTrees)
            {
                complete = complete.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(EmulatedLibrary.OnThisMachine(tree.ToString()), tree.Encoding)));
            }
        }

        using var image = new MemoryStream();
        diagnostics = diagnostics.AddRange(complete.Emit(image).Diagnostics).RemoveAll(d => d.Severity < DiagnosticSeverity.Warning);
        if (!diagnostics.IsEmpty)
        {
            throw new InvalidOperationException("What the generator emits does not compile cleanly:\n" + string.Join("\n", diagnostics.Take(10).Select(Explain)));
        }

        image.Position = 0;
        return new EmittedAssembly(all, source, (emulated ?? AssemblyLoadContext.Default).LoadFromStream(image));
    }

    /// <summary>A diagnostic and the lines around it: what is emitted lies in no file that could be opened.</summary>
    public static string Explain(Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            return diagnostic.ToString();
        }

        int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        return diagnostic + "\n" + string.Join("\n", tree.GetText().Lines.Skip(line - 12).Take(14).Select(l => "    " + l));
    }

    public static GeneratorDriver Driver(Compilation compilation) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options);

    /// <summary>A new object of a network, and the truth about it.</summary>
    public EmittedNetwork Create(int network)
    {
        object instance = Activator.CreateInstance(assembly.GetType(Name(network), throwOnError: true)!)!;
        return new EmittedNetwork(string.Join(" ", networks[network]), instance, truths[network]);
    }

    /// <summary>The methods of the classes that hold the networks' arithmetic.</summary>
    public IEnumerable<MethodInfo> Arithmetic => assembly.GetTypes().Where(t => t.Namespace == "BackpropGen.Generated")
        .SelectMany(t => t.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));

    private static string Name(int network) => FormattableString.Invariant($"N{network}");
}
