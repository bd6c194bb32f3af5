using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>Mends every diagnostic of a document with one edit of its text.</summary>
internal static class TextChangeFixAll
{
    /// <summary>The edits, in a document, that mend a diagnostic in the way that an equivalence key names.</summary>
    public delegate Task<IReadOnlyList<TextChange>> FindChanges(Document document, Diagnostic diagnostic, string? equivalenceKey, CancellationToken cancellation);

    /// <summary>
    /// The batch fixer of Roslyn drops all edits of a fix of which one overlaps with another fix's: two networks in one container want it
    /// partial both, and once is enough.
    /// </summary>
    public static FixAllProvider Create(FindChanges find) => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var changes = new HashSet<TextChange>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            changes.UnionWith(await find(document, diagnostic, context.CodeActionEquivalenceKey, context.CancellationToken).ConfigureAwait(false));
        }

        return await ApplyAsync(document, changes, context.CancellationToken).ConfigureAwait(false);
    });

    /// <summary>The document with the edits, but for those that overlap with an earlier one.</summary>
    public static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        var apart = new List<TextChange>();
        foreach (TextChange change in changes.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End))
        {
            if (apart.Count == 0 || apart[apart.Count - 1].Span.End <= change.Span.Start)
            {
                apart.Add(change);
            }
        }

        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(apart));
    }
}
