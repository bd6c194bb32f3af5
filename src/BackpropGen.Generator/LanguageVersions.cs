using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator;

internal static class LanguageVersions
{
    /// <summary>What a network needs.</summary>
    public const LanguageVersion OldestSupported = LanguageVersion.CSharp9;

    /// <summary>What members that throw need: before it there is no literal for the default of a parameter.</summary>
    public const LanguageVersion OldestEmitted = LanguageVersion.CSharp7_1;

    // Newer than the Roslyn that this is built against, which has no name for it.
    public const LanguageVersion CSharp11 = (LanguageVersion)1100;

    public static LanguageVersion Of(SyntaxTree tree) => (tree.Options as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.CSharp1;
}
