using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.CodeFixes;

/// <summary>On a layer that does not fit the one before it: inserts the affine layer that makes the two fit.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(InsertAffineRefactoring))]
[Shared]
public sealed class InsertAffineRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await SelectedNetwork.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } selected)
        {
            return;
        }

        int place = selected.Place;
        LayerDeclaration layer = selected.Network.Declaration.Layers[place];
        ShapeError? mismatch = NetworkCompiler.Check(selected.Network.Declaration).FirstOrDefault(error => error.Layer == place && error.Id == "BPG010");

        // The first mend gives the layer what arrives; the layer itself says what it takes.
        if (mismatch is null
            || layer.Arguments.FirstOrDefault(argument => argument.Name == mismatch.Argument)?.Value is not int wanted)
        {
            return;
        }

        string text = string.Format(
            CultureInfo.InvariantCulture, "{0}({1}, {2})", LayerRegistry.KindOf(typeof(AffineAttribute)), mismatch.Mends[0].Text, wanted);
        AttributeSyntax attribute = selected.Network.Sources[place].Attribute;
        context.RegisterRefactoring(CodeAction.Create(
            $"Insert {text} before {AttributeBinder.Describe(layer)}",
            async cancellation => await TextChangeFixAll.ApplyAsync(
                context.Document,
                [await AttributeSpelling.InsertBeforeAsync(context.Document, attribute, text, cancellation).ConfigureAwait(false)],
                cancellation).ConfigureAwait(false),
            equivalenceKey: nameof(InsertAffineRefactoring)));
    }
}
