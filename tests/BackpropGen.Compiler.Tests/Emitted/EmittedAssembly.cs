using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Compiler.Tests;

/// <summary>Networks that the real generator emitted, compiled in memory and loaded: all of a test in one compilation, for a compilation's start is what costs.</summary>
internal sealed class EmittedAssembly
{
    // By their names, which are hashes of what they were compiled from and by.
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Known = [];

    // Where CI, which runs the same tests on several kinds of machines, keeps what was compiled.
    private static readonly string? Kept = Environment.GetEnvironmentVariable("BACKPROPGEN_EMITTED");

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
        MetadataReference library = emulated?.Reference ?? Compilations.Library;
        CSharpCompilation source = CSharpCompilation.Create(
            "Emitted" + Hash(classes, library),
            [CSharpSyntaxTree.ParseText("using BackpropGen;\n" + classes, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), "Networks.cs")],
            [.. Compilations.Framework, library],
            Compilations.Options.WithOptimizationLevel(OptimizationLevel.Release));
        var assembly = new Lazy<Assembly>(() => (emulated ?? AssemblyLoadContext.Default).LoadFromStream(new MemoryStream(Image(source, emulated is not null))));
        return new EmittedAssembly(all, source, Known.GetOrAdd(source.AssemblyName!, assembly).Value);
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

    // What was compiled before, or is now.
    private static byte[] Image(CSharpCompilation source, bool isEmulated)
    {
        string? file = Kept is null ? null : Path.Combine(Kept, source.AssemblyName + ".dll");
        if (File.Exists(file))
        {
            return File.ReadAllBytes(file);
        }

        byte[] image = Compile(source, isEmulated);
        if (file is not null)
        {
            // Whole or not at all.
            Directory.CreateDirectory(Kept!);
            string part = $"{file}.{Environment.ProcessId}";
            File.WriteAllBytes(part, image);
            File.Move(part, file, overwrite: true);
        }

        return image;
    }

    private static byte[] Compile(CSharpCompilation source, bool isEmulated)
    {
        Driver(source).RunGeneratorsAndUpdateCompilation(source, out Compilation complete, out ImmutableArray<Diagnostic> diagnostics);
        if (isEmulated)
        {
            foreach (SyntaxTree tree in complete.SyntaxTrees)
            {
                complete = complete.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(EmulatedLibrary.OnThisMachine(tree.ToString()), tree.Encoding)));
            }
        }

        using var image = new MemoryStream();
        diagnostics = diagnostics.AddRange(complete.Emit(image).Diagnostics).RemoveAll(d => d.Severity < DiagnosticSeverity.Warning);
        return diagnostics.IsEmpty
            ? image.ToArray()
            : throw new InvalidOperationException("What the generator emits does not compile cleanly:\n" + string.Join("\n", diagnostics.Take(10).Select(Explain)));
    }

    // Of the networks, of the compiler, which finds and prints them, and of the library.
    private static string Hash(string networks, MetadataReference library)
    {
        IEnumerable<Guid> versions = [typeof(NetworkGenerator).Module.ModuleVersionId, typeof(NetworkCompiler).Module.ModuleVersionId, Compilations.Version(library)];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(networks + string.Concat(versions))))[..24];
    }

    private static string Name(int network) => FormattableString.Invariant($"N{network}");
}
