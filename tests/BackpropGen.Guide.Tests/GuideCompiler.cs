using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Guide.Tests;

/// <summary>Compiles a program of the guide as a user's build does: with the generator, the packages and the framework, without a warning.</summary>
internal static class GuideCompiler
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    private static readonly string Folder = AppContext.BaseDirectory;

    /// <summary>The libraries that the package's users have, and what they bring along; not the tests' own.</summary>
    public static ImmutableArray<string> Libraries { get; } =
    [
        .. Directory.GetFiles(Folder, "*.dll").Where(path => Path.GetFileNameWithoutExtension(path) is var name
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".Tests", StringComparison.Ordinal) && !name.StartsWith("testhost", StringComparison.Ordinal)
            && name is not ("BackpropGen.Generator" or "BackpropGen.Compiler")),
    ];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) != Folder.TrimEnd(Path.DirectorySeparatorChar) && Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Concat(Libraries)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles a program into a file.</summary>
    /// <param name="program">The program.</param>
    /// <param name="path">Receives the assembly.</param>
    /// <exception cref="InvalidOperationException">It does not compile without warnings; the message names the page's lines.</exception>
    public static void Compile(GuideProgram program, string path)
    {
        CSharpCompilation source = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(Arrange(program), Language, program.Page, Encoding.UTF8)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Language)
            .RunGeneratorsAndUpdateCompilation(source, out Compilation complete, out ImmutableArray<Diagnostic> diagnostics);
        using FileStream image = File.Create(path);
        Diagnostic[] wrong = [.. diagnostics.AddRange(complete.Emit(image).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        if (wrong.Length > 0)
        {
            throw new InvalidOperationException(string.Join('\n', wrong.Select(d => d.ToString())));
        }
    }

    /// <summary>A guide shows things in the order in which one thinks of them; C# wants directives first and types last.</summary>
    private static string Arrange(GuideProgram program)
    {
        // What an SDK's project has by itself.
        var usings = new StringBuilder("using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;\n#line hidden\n#pragma warning disable CS8019, CS0105\n");
        var statements = new StringBuilder();
        var types = new StringBuilder();
        foreach (Block block in program.Blocks)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(block.Text, Language);
            CompilationUnitSyntax unit = tree.GetCompilationUnitRoot();
            foreach (SyntaxNode node in unit.Usings.Cast<SyntaxNode>().Concat(unit.Members))
            {
                StringBuilder part = node switch
                {
                    UsingDirectiveSyntax => usings,
                    GlobalStatementSyntax => statements,
                    _ => types,
                };
                int line = block.Line + tree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
                part.Append("#line ").Append(line).Append(" \"").Append(program.Page).Append("\"\n").Append(node.ToFullString()).Append('\n');
            }
        }

        return string.Concat(usings, statements, types);
    }
}
