using System.Collections.Generic;
using System.Linq;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Generator;

/// <summary>BPG004: on the member that has a name which the network needs, or on the class where it is called so itself.</summary>
internal static class NameDiagnostics
{
    public static void Report(SymbolAnalysisContext context, INamedTypeSymbol type, ParsedNetwork network)
    {
        IReadOnlyList<TakenName> taken = NetworkCompiler.CheckNames(network.Declaration);
        if (taken.Count == 0)
        {
            return;
        }

        Location identifier = network.Sources[0].Attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.GetLocation();
        ISymbol[] declared = OwnMembers.Declared(type, network.Declaration).ToArray();
        ISymbol[] inherited = OwnMembers.Inherited(type).ToArray();
        bool parentIsNamed = false;
        foreach (TakenName name in taken)
        {
            if (name.IsClass)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NameTaken, identifier, name.Name, name.Why, "the class"));
            }

            ISymbol[] own = declared.Where(member => member.Name == name.Name).ToArray();
            foreach (Location place in own.SelectMany(member => member.Locations).Where(place => place.IsInSource))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NameTaken, place, name.Name, name.Why, "your own"));
            }

            // One is enough: a base class that is a network itself has them all.
            if (own.Length == 0 && !name.IsClass && !parentIsNamed && inherited.FirstOrDefault(member => member.Name == name.Name) is { } parent)
            {
                parentIsNamed = true;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NameTaken, identifier, name.Name, name.Why, $"that of the base class '{parent.ContainingType.Name}'"));
            }
        }
    }
}
