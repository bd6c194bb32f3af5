using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>Takes an attribute out, with the brackets and the line that were there for it alone.</summary>
internal static class AttributeRemoval
{
    public static TextChange Of(AttributeSyntax attribute, SourceText source)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            // With the comma behind it, the last one with that before it.
            int index = list.Attributes.IndexOf(attribute);
            return Removed(index + 1 < list.Attributes.Count
                ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[index + 1].SpanStart)
                : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End));
        }

        TextLine first = source.Lines.GetLineFromPosition(list.SpanStart);
        TextLine last = source.Lines.GetLineFromPosition(list.Span.End);
        bool startsLine = IsBlank(source, first.Start, list.SpanStart);
        if (startsLine && IsBlank(source, list.Span.End, last.End))
        {
            return Removed(TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak));
        }

        int end = list.Span.End;
        while (end < last.End && source[end] is ' ' or '\t')
        {
            end++;
        }

        return Removed(TextSpan.FromBounds(list.SpanStart, end));
    }

    private static TextChange Removed(TextSpan span) => new(span, string.Empty);

    private static bool IsBlank(SourceText source, int start, int end) => source.ToString(TextSpan.FromBounds(start, end)).All(char.IsWhiteSpace);
}
