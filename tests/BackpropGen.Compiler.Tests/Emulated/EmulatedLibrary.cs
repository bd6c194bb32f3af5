using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// The runtime library on a machine with registers of 512 bits, whatever machine this is: compiled from its own sources, where its
/// instructions are the emulated ones. The framework has the rest in software. With BACKPROPGEN_REGISTERS=512 all emitted code of the tests runs on it.
/// </summary>
internal sealed class EmulatedLibrary : AssemblyLoadContext
{
    private static readonly Lazy<EmulatedLibrary> Shared = new(() => new EmulatedLibrary());

    private readonly byte[] image;
    private readonly Assembly library;

    private EmulatedLibrary()
        : base("Registers of 512 bits")
    {
        string[] symbols = ["NET", "NET8_0_OR_GREATER", "NET10_0_OR_GREATER"];
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, preprocessorSymbols: symbols);
        IEnumerable<string> files = ((string[])["src/BackpropGen", "src/Layers"])
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Append(Repository.File("tests/BackpropGen.Compiler.Tests/Emulated/Avx512F.cs"));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "BackpropGen",
            files.Order(StringComparer.Ordinal).Select(file => CSharpSyntaxTree.ParseText(OnThisMachine(File.ReadAllText(file)), options, file)),
            Compilations.Framework,
            Compilations.Options.WithAllowUnsafe(true).WithOptimizationLevel(OptimizationLevel.Release));
        using var stream = new MemoryStream();
        Diagnostic[] errors = [.. compilation.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
        {
            throw new InvalidOperationException("The library does not compile for registers of 512 bits:\n" + string.Join("\n", errors.Take(10).Select(EmittedAssembly.Explain)));
        }

        image = stream.ToArray();
        library = Load(image);
    }

    public static EmulatedLibrary Instance => Shared.Value;

    /// <summary>It where all tests are to use it, otherwise null.</summary>
    public static EmulatedLibrary? IfAsked => Environment.GetEnvironmentVariable("BACKPROPGEN_REGISTERS") == "512" ? Instance : null;

    /// <summary>What is compiled against.</summary>
    public MetadataReference Reference => MetadataReference.CreateFromImage(image);

    /// <summary>A type of the library.</summary>
    public Type Type(string name) => library.GetType(name, throwOnError: true)!;

    /// <summary>Loads what was compiled against the library.</summary>
    public Assembly Load(byte[] assembly) => LoadFromStream(new MemoryStream(assembly));

    /// <summary>Source code that asks the machine what it has, and hears that it has 512 bits, in one piece.</summary>
    public static string OnThisMachine(string source) => source
        .Replace("Processor.Computes512AtOnce", "global::BackpropGen.Runtime.Avx512F.IsSupported", StringComparison.Ordinal)
        .Replace("Vector512.IsHardwareAccelerated", "global::BackpropGen.Runtime.Avx512F.IsSupported", StringComparison.Ordinal);

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == library?.GetName().Name ? library : null;
}
