using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Compiler.Tests;

/// <summary>Reports errors that a test makes up, the way the analyzer reports the compiler's: for edits that no error proposes yet.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // These are about analyzers in a package.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StubAnalyzer(Func<NetworkDeclaration, IEnumerable<ShapeError>> check) : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol =>
            {
                if (AttributeParser.Parse((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } network)
                {
                    foreach (ShapeError error in check(network.Declaration))
                    {
                        symbol.ReportDiagnostic(ShapeErrorDiagnostic.Create(error, network.Sources));
                    }
                }
            },
            SymbolKind.NamedType);
    }
}
