using System.Text;
using System.Threading;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Generator;

/// <summary>
/// Emits the members of every network in the compilation. It reports nothing: what is wrong, the analyzer says, so that what is cached
/// here needs no locations.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // One provider for all attributes: one per attribute costs a bound attribute list each, on every class of the compilation.
        IncrementalValuesProvider<NetworkDeclaration> networks = context.SyntaxProvider
            .CreateSyntaxProvider(CandidateNames.IsCandidate, Parse)
            .WithTrackingName(TrackingNames.Parse)
            .Where(static network => network is not null)
            .Select(static (network, _) => network!)
            .WithTrackingName(TrackingNames.Networks);

        context.RegisterSourceOutput(networks, static (output, network) =>
            output.AddSource(HintName.Of(network), SourceText.From(NetworkCompiler.Emit(network), Encoding.UTF8)));
    }

    private static NetworkDeclaration? Parse(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        NetworkMemo.Read(context.Node, context.SemanticModel, cancellation);
}
