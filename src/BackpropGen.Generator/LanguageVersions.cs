using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator;

internal static class LanguageVersions
{
    // Newer than the Roslyn that this is built against, which has no name for it.
    public const LanguageVersion CSharp11 = (LanguageVersion)1100;

    public static LanguageVersion Of(SyntaxTree tree) => (tree.Options as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.CSharp1;
}
