using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator;

/// <summary>
/// All that a network's attributes may mean by what stands elsewhere in the compilation, as two numbers: the references, the options and every
/// file's outline, in order. While they stay the same, an attribute that was not edited means what it meant.
/// </summary>
/// <param name="Types">What attributes depend on whose arguments are literals.</param>
/// <param name="All">What any attribute depends on.</param>
internal sealed record Surroundings(ulong Types, ulong All)
{
    private static readonly ConditionalWeakTable<Compilation, Surroundings> Found = new();

    // References and options have no content to read off cheaply, but they are the same objects from one keystroke to the next.
    private static readonly ConditionalWeakTable<object, StrongBox<ulong>> Numbers = new();
    private static long last;

    public static Surroundings Of(Compilation compilation, CancellationToken cancellation) =>
        Found.TryGetValue(compilation, out Surroundings? surroundings) ? surroundings : Found.GetValue(compilation, key => Find(key, cancellation));

    private static Surroundings Find(Compilation compilation, CancellationToken cancellation)
    {
        var types = new Hash64();
        types.Add(compilation.AssemblyName ?? string.Empty);
        types.Add(Number(compilation.Options));
        foreach (MetadataReference reference in compilation.References)
        {
            types.Add(Number(reference));
        }

        var members = new Hash64();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            FileOutline outline = FileOutline.Of(tree, cancellation);
            types.Add(outline.Types);
            members.Add(outline.Members);
        }

        members.Add(types.Value);
        return new Surroundings(types.Value, members.Value);
    }

    private static ulong Number(object thing) => Numbers.GetValue(thing, _ => new StrongBox<ulong>((ulong)Interlocked.Increment(ref last))).Value;
}
