extern alias runtime;

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Editor;

/// <summary>A project as somebody might have it: a thousand files, every tenth with a network, every tenth of these with a size from another file.</summary>
internal static class SyntheticProject
{
    public const int Files = 1000;

    public const int Networks = 100;

    /// <summary>A file that has no network, and whose edit nobody sees.</summary>
    public const int Plain = 501;

    /// <summary>A file with a network.</summary>
    public const int Network = 510;

    private const int Methods = 10;

    public static CSharpParseOptions Language { get; } = new(LanguageVersion.Latest);

    /// <summary>The project as it is when it is opened: nothing is bound yet.</summary>
    public static CSharpCompilation Create() => CSharpCompilation.Create(
        "Synthetic",
        Enumerable.Range(0, Files).Select(file => Tree(file, Text(file))),
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The project after an edit of one file: all other trees are the same objects, as in an editor.</summary>
    public static Compilation Edit(Compilation compilation, int file, string before, string after)
    {
        SyntaxTree old = compilation.SyntaxTrees.ElementAt(file);
        string text = old.ToString();
        int at = text.IndexOf(before, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ArgumentException($"'{before}' does not stand in {old.FilePath}.", nameof(before));
        }

        // Parsed as an editor parses: what the edit does not touch is taken over.
        SourceText changed = old.GetText().WithChanges(new TextChange(new TextSpan(at, before.Length), after));
        return compilation.ReplaceSyntaxTree(old, old.WithChangedText(changed));
    }

    private static SyntaxTree Tree(int file, string text) =>
        CSharpSyntaxTree.ParseText(text, Language, $"File{file}.cs", Encoding.UTF8);

    private static string Text(int file) => file % (Files / Networks) == 0 ? NetworkText(file) : PlainText(file);

    private static string NetworkText(int file)
    {
        int hidden = 8 + file / 10;
        string size = file % 100 == 0 ? "Sizes.Hidden" : hidden.ToString(CultureInfo.InvariantCulture);
        return $$"""
            using BackpropGen;

            namespace Synthetic.Part{{file % 7}}
            {
                /// <summary>A network.</summary>
                [Affine(64, {{size}})]
                [Relu]
                [Affine({{size}}, {{hidden}})]
                [Tanh]
                [Affine({{hidden}}, 10)]
                [CrossEntropyLoss]
                [Adam(0.001f)]
                public partial class Network{{file}}
                {
                    public int Rate() => 1;
                }
            }

            """;
    }

    private static string PlainText(int file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Collections.Generic;

            namespace Synthetic.Part{{file % 7}}
            {
                [Serializable]
                public class Plain{{file}}
                {
                    private readonly List<int> values = new List<int>();

                    public const int Length = {{file}};

            """);
        for (int method = 0; method < Methods; method++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""

                    [Obsolete("as old as the hills")]
                    public int Method{{method}}(int first, int second = {{method}})
                    {
                        int sum = first;
                        for (int i = 0; i < second; i++)
                        {
                            if (i % 2 == 0 && values.Count > i)
                            {
                                sum += values[i] * i;
                            }
                        }

                        return sum;
                    }

            """);
        }

        text.Append("    }\n\n");
        if (file == 1)
        {
            text.Append("    public static class Sizes\n    {\n        public const int Hidden = 48;\n    }\n");
        }

        return text.Append("}\n").ToString();
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Append(typeof(runtime::BackpropGen.NetworkAttribute).Assembly.Location)
        .Select(path => MetadataReference.CreateFromFile(path));
}
