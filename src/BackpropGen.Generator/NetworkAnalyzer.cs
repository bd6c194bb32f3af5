using System.Collections.Immutable;
using System.Linq;
using BackpropGen.Compiler;
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
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnsupportedTarget, Part(network.Sources[0]).Identifier.GetLocation(), type.Name, reason));
            return;
        }

        TargetDiagnostics.Report(context, type, network);
        NameDiagnostics.Report(context, type, network);

        // An attribute that C# rejects may be anybody's: only those that are understood say where the network is written.
        TypeDeclarationSyntax[] written = network.Sources
            .Where((_, place) => network.Declaration.Layers[place].IsUnderstood)
            .Select(Part)
            .Distinct()
            .ToArray();
        if (written.Length > 1)
        {
            // The first may stay; and no shape is known.
            foreach (TypeDeclarationSyntax part in written.Skip(1))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Scattered, part.Identifier.GetLocation(), type.Name, written.Length));
            }

            return;
        }

        foreach (ShapeError error in NetworkCompiler.Check(network.Declaration))
        {
            context.ReportDiagnostic(ShapeErrorDiagnostic.Create(error, network.Sources));
        }

        foreach (PlacedLayer layer in NetworkCompiler.Layers(network.Declaration))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.LayerShape, network.Sources[layer.Place].Locate(null), layer.InWords()));
        }
    }

    private static TypeDeclarationSyntax Part(LayerSource source) => source.Attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
}
