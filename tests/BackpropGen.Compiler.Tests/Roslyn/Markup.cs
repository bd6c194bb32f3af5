using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Source with the places of the expected diagnostics marked: <c>[Affine({|BPG010:3|}, 2)]</c>.</summary>
internal sealed record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Marks)
{
    public static Markup Parse(string marked)
    {
        var source = new StringBuilder();
        var marks = new List<(string, TextSpan)>();
        int end = 0;
        foreach (Match match in Regex.Matches(marked, @"\{\|(\w+):(.*?)\|\}", RegexOptions.Singleline))
        {
            source.Append(marked, end, match.Index - end);
            marks.Add((match.Groups[1].Value, new TextSpan(source.Length, match.Groups[2].Length)));
            source.Append(match.Groups[2].Value);
            end = match.Index + match.Length;
        }

        return new Markup(source.Append(marked, end, marked.Length - end).ToString(), marks);
    }

    /// <summary>The analyzer reports exactly what is marked; returns its diagnostics.</summary>
    public static async Task<Diagnostic[]> VerifyAsync(string marked)
    {
        Markup markup = Parse(marked);
        Diagnostic[] diagnostics = await Compilations.AnalyzeAsync(Compilations.Create(markup.Source));
        string Show(string id, TextSpan span) => $"{id} on '{markup.Source.Substring(span.Start, span.Length)}' at {span}";
        Assert.Equal(
            markup.Marks.Select(mark => Show(mark.Id, mark.Span)),
            diagnostics.Select(diagnostic => Show(diagnostic.Id, diagnostic.Location.SourceSpan)));
        return diagnostics;
    }
}
