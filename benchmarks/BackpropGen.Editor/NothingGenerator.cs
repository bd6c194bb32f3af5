using Microsoft.CodeAnalysis;

namespace BackpropGen.Editor;

/// <summary>Looks at every node and finds nothing: what Roslyn itself takes.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // These are about generators in a package.
[Generator(LanguageNames.CSharp)]
internal sealed class NothingGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.SyntaxProvider.CreateSyntaxProvider(static (_, _) => false, static (_, _) => 0),
            static (_, _) => { });
}
