using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Compiler.Tests;

/// <summary>What a keyboard, a merge and a cat make of a source.</summary>
internal static class Damage
{
    private static readonly string[] Strange =
    [
        "\"", "'", "/*", "//", "#if", "#else", "#endif", "#if A", "@", "\\u0041", "\ud800", "\0", "é\u0301", "\u200b", "[", "]", "(", ")", "<", ">", "{", "}",
        "=>", "=", ",", ";", ":", "::", ".", "$\"{", "\"\"\"", "record", "struct", "interface", "enum", "static", "file", "partial", "class", "namespace A;",
        "global using X = BackpropGen.ReluAttribute;", "extern alias e;", "where T : new()", "<T>", "int", "string", "null", "default", "typeof(int)",
        "nameof(Net)", "new int[0]", "0", "-1", "2147483647", "2147483648", "46341", "65536", "1000000", "1e999f", "1e-45f", "float.NaN", "-0f", "0.5", "1L",
        "'c'", "\"H\"", "\"1st\"", "\"\"", "\"Affine1\"", "@\"a\"", "Elsewhere.Widths.Three", "missing", "Name = \"X\"", "Bias = false", "inputs: 3",
        "[Affine(3, 2)]", "[Relu]", "[MseLoss]", "[Adam]", "[Input(3)]", "Afine(3, 2)", "unchecked(int.MaxValue + 1)", "int.MaxValue", "1 / 0", "x => x",
    ];

    /// <summary>The source after one to four edits.</summary>
    public static string Apply(Random random, string source)
    {
        for (int edits = 1 + random.Next(4); edits > 0; edits--)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
            source = random.Next(8) switch
            {
                0 or 1 or 2 => OfTokens(random, source, [.. root.DescendantTokens().Select(token => token.Span).Where(span => span.Length > 0)]),
                3 => OfText(random, source),
                4 => OfParts(random, source, Spans<AttributeSyntax>(root)),
                5 => OfParts(random, source, Spans<AttributeArgumentSyntax>(root)),
                6 => OfParts(random, source, Spans<AttributeListSyntax>(root)),
                _ => OfParts(random, source, [.. Spans<MemberDeclarationSyntax>(root), .. Spans<UsingDirectiveSyntax>(root)]),
            };
        }

        return source;
    }

    private static List<TextSpan> Spans<T>(SyntaxNode root)
        where T : SyntaxNode => [.. root.DescendantNodes().OfType<T>().Select(node => node.Span)];

    private static string OfTokens(Random random, string source, List<TextSpan> tokens)
    {
        if (tokens.Count == 0 || random.Next(2) == 0)
        {
            return OfParts(random, source, tokens);
        }

        // Garbled, or cut short as it is while one types.
        TextSpan token = tokens[random.Next(tokens.Count)];
        return random.Next(3) == 0
            ? source.Remove(token.Start + random.Next(token.Length), 1)
            : Replace(source, token, Pick(random));
    }

    private static string OfText(Random random, string source)
    {
        int at = random.Next(source.Length + 1);
        return random.Next(4) switch
        {
            0 => source.Remove(at, random.Next(Math.Min(20, source.Length - at + 1))),
            1 => source[..at],
            2 => source.Insert(at, "\n" + Pick(random) + "\n"),
            _ => source.Insert(at, Pick(random)),
        };
    }

    private static string OfParts(Random random, string source, List<TextSpan> parts)
    {
        if (parts.Count == 0)
        {
            return OfText(random, source);
        }

        TextSpan one = parts[random.Next(parts.Count)], other = parts[random.Next(parts.Count)];
        string text = source.Substring(one.Start, one.Length);
        return random.Next(5) switch
        {
            0 => Replace(source, one, ""),
            1 => source.Insert(one.End, " " + text),
            2 => source.Insert(one.End, ", " + text),
            3 when one.End <= other.Start => Replace(Replace(source, other, text), one, source.Substring(other.Start, other.Length)),
            3 => source.Insert(other.Start, text + " "),
            _ => Replace(source, one, Pick(random)),
        };
    }

    private static string Replace(string source, TextSpan span, string text) => source[..span.Start] + text + source[span.End..];

    private static string Pick(Random random) => Strange[random.Next(Strange.Length)];
}
