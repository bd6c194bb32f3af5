using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// The arguments of one attribute that were given, the constructor's in its order, then the properties as they are written. Those left out stay out: their defaults stand in one place, on the attribute.
/// </summary>
internal sealed class ArgumentReader
{
    private readonly List<ArgumentDeclaration> arguments = new();
    private readonly Dictionary<string, ExpressionSyntax> expressions = new(StringComparer.Ordinal);

    private ArgumentReader()
    {
    }

    public IReadOnlyList<ArgumentDeclaration> Arguments => arguments;

    /// <summary>Where each argument's value is written.</summary>
    public IReadOnlyDictionary<string, ExpressionSyntax> Expressions => expressions;

    /// <summary>Null where C# itself rejects the attribute.</summary>
    public static ArgumentReader? Read(AttributeData data, AttributeSyntax syntax)
    {
        var reader = new ArgumentReader();
        bool isUnderstood = data.AttributeConstructor is { } constructor
            && !syntax.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            && reader.ReadConstructorArguments(constructor, data, syntax)
            && reader.ReadNamedArguments(data, syntax);
        return isUnderstood ? reader : null;
    }

    private bool ReadConstructorArguments(IMethodSymbol constructor, AttributeData data, AttributeSyntax syntax)
    {
        if (data.ConstructorArguments.Length != constructor.Parameters.Length)
        {
            return false;
        }

        int position = 0;
        var given = new SortedDictionary<int, ExpressionSyntax>();
        foreach (AttributeArgumentSyntax argument in Written(syntax).Where(argument => argument.NameEquals is null))
        {
            string? name = argument.NameColon?.Name.Identifier.ValueText;
            IParameterSymbol? parameter = name is null
                ? constructor.Parameters.ElementAtOrDefault(position)
                : constructor.Parameters.FirstOrDefault(candidate => candidate.Name == name);
            if (parameter is null || given.ContainsKey(parameter.Ordinal) || argument.SpanStart > FirstNamed(syntax))
            {
                return false;
            }

            given.Add(parameter.Ordinal, argument.Expression);
            position++;
        }

        // In the constructor's order, whatever the order they are written in: it is how messages show them.
        return given.All(pair => Add(constructor.Parameters[pair.Key].Name, data.ConstructorArguments[pair.Key], pair.Value))
            && constructor.Parameters.All(parameter => parameter.HasExplicitDefaultValue || expressions.ContainsKey(parameter.Name));
    }

    private bool ReadNamedArguments(AttributeData data, AttributeSyntax syntax)
    {
        foreach (AttributeArgumentSyntax argument in Written(syntax))
        {
            if (argument.NameEquals?.Name.Identifier.ValueText is not { } name)
            {
                continue;
            }

            // An argument that does not bind is missing here, or is an error; one that is given twice stands here twice.
            KeyValuePair<string, TypedConstant>[] bound = data.NamedArguments.Where(pair => pair.Key == name).ToArray();
            if (bound.Length != 1 || !Add(name, bound[0].Value, argument.Expression))
            {
                return false;
            }
        }

        return true;
    }

    // After a named argument C# takes no other kind, but binds it all the same.
    private static int FirstNamed(AttributeSyntax syntax) =>
        Written(syntax).FirstOrDefault(argument => argument.NameEquals is not null)?.SpanStart ?? int.MaxValue;

    private static IEnumerable<AttributeArgumentSyntax> Written(AttributeSyntax syntax) =>
        syntax.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>();

    private bool Add(string name, TypedConstant constant, ExpressionSyntax expression)
    {
        if (expressions.ContainsKey(name) || !TryGetValue(constant, out object? value))
        {
            return false;
        }

        expressions.Add(name, expression);
        arguments.Add(new ArgumentDeclaration(name, value));
        return true;
    }

    private static bool TryGetValue(TypedConstant constant, out object? value)
    {
        value = null;
        switch (constant.Kind)
        {
            case TypedConstantKind.Primitive:
                value = constant.Value;
                return value is null or int or long or float or bool or string;
            case TypedConstantKind.Enum:
                value = constant.Value is int number ? number : null;
                return value is not null;
            default:
                return false;
        }
    }
}
