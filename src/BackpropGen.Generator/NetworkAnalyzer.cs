using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using BackpropGen.Compiler;
using BackpropGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Generator;

/// <summary>Says what is wrong with a network, on the argument or attribute at fault, and hands the code fixes the edits that mend it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)
            || AttributeParser.Parse(type, context.CancellationToken) is not { } network)
        {
            return;
        }

        if (NetworkTarget.WhyUnsupported(type, context.CancellationToken) is { } reason)
        {
            Location identifier = network.Sources[0].Attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnsupportedTarget, identifier, type.Name, reason));
            return;
        }

        foreach (TypeDeclarationSyntax part in NetworkTarget.Declarations(type, context.CancellationToken))
        {
            string[] names = NetworkTarget.NotPartial(part).Select(declaration => "'" + declaration.Identifier.ValueText + "'").ToArray();
            if (names.Length > 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NotPartial, part.Identifier.GetLocation(), type.Name, string.Join(" and ", names)));
            }
        }

        foreach (ShapeError error in NetworkCompiler.Check(network.Declaration.Layers))
        {
            context.ReportDiagnostic(ToDiagnostic(error, network.Sources));
        }
    }

    private static Diagnostic ToDiagnostic(ShapeError error, IReadOnlyList<LayerSource> sources)
    {
        var locations = new List<Location>();
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach (Mend mend in error.Mends)
        {
            LayerSource source = sources[mend.Layer];
            if (mend.Argument is { } argument && !source.Arguments.ContainsKey(argument))
            {
                // Left to its default: there is nothing to edit.
                continue;
            }

            int index = locations.Count;
            locations.Add(source.Locate(mend.Argument));
            properties.Add(MendProperties.Title(index), mend.Title);
            properties.Add(MendProperties.Text(index), mend.Text);
            properties.Add(MendProperties.Argument(index), mend.Argument);
            properties.Add(MendProperties.Edit(index), mend switch
            {
                { Argument: null } => MendProperties.Insert,
                _ when mend.Layer == error.Layer => MendProperties.ReplaceHere,
                _ => MendProperties.ReplaceEarlier,
            });
        }

        return Diagnostic.Create(
            Descriptors.ById[error.Id], sources[error.Layer].Locate(error.Argument), locations, properties.ToImmutable(), error.Message);
    }
}
