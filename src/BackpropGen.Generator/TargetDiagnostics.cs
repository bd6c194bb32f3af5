using System.Linq;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Generator;

/// <summary>What keeps the generator from a network, whatever its layers are: BPG001, BPG006 and BPG007.</summary>
internal static class TargetDiagnostics
{
    public static void Report(SymbolAnalysisContext context, INamedTypeSymbol type, ParsedNetwork network)
    {
        foreach (TypeDeclarationSyntax part in NetworkTarget.Declarations(type, context.CancellationToken))
        {
            string[] names = NetworkTarget.NotPartial(part).Select(declaration => "'" + declaration.Identifier.ValueText + "'").ToArray();
            if (names.Length > 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NotPartial, part.Identifier.GetLocation(), type.Name, string.Join(" and ", names)));
            }
        }

        TypeDeclarationSyntax written = network.Sources[0].Attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        LanguageVersion language = LanguageVersions.Of(written.SyntaxTree);
        if (language < LanguageVersions.OldestSupported)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.LanguageTooOld, written.Identifier.GetLocation(), type.Name, language.ToDisplayString()));
        }

        for (int place = 0; place < network.Sources.Count; place++)
        {
            // What C# rejects is no alias of anything.
            NameSyntax name = network.Sources[place].Attribute.Name;
            LayerDeclaration layer = network.Declaration.Layers[place];
            if (layer.IsUnderstood && !CandidateNames.MayBeOurs(name))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.GlobalAlias, name.GetLocation(), name.ToString(), layer.Kind));
            }
        }
    }
}
