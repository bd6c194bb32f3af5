using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator;

/// <summary>
/// All that a network's attributes may mean by what stands elsewhere in the compilation: the references, the options and every file's outline,
/// in order. While none of that changed which an attribute can see, an attribute that was not edited means what it meant.
/// </summary>
internal sealed class Surroundings
{
    private static readonly ConditionalWeakTable<Compilation, Surroundings> Found = new();

    // References and options have no content to read off cheaply, but they are the same objects from one keystroke to the next.
    private static readonly ConditionalWeakTable<object, StrongBox<ulong>> Numbers = new();
    private static long lastNumber;

    private readonly ulong basis;
    private readonly FileOutline[] files;
    private Answer? lastAnswer;

    private Surroundings(Compilation compilation, CancellationToken cancellation)
    {
        var hash = new Hash64();
        hash.Add(compilation.AssemblyName ?? string.Empty);
        hash.Add(Number(compilation.Options));
        foreach (MetadataReference reference in compilation.References)
        {
            hash.Add(Number(reference));
        }

        basis = hash.Value;
        files = compilation.SyntaxTrees.Select(tree => FileOutline.Of(tree, cancellation)).ToArray();
    }

    public static Surroundings Of(Compilation compilation, CancellationToken cancellation) =>
        Found.TryGetValue(compilation, out Surroundings? surroundings) ? surroundings : Found.GetValue(compilation, key => new Surroundings(key, cancellation));

    /// <summary>What changed since then. Every candidate asks, and hardly any two ask about different times.</summary>
    public SurroundingsChange Since(Surroundings earlier)
    {
        Answer? answer = Volatile.Read(ref lastAnswer);
        if (answer?.Earlier != earlier)
        {
            answer = new Answer(earlier, Find(earlier));
            Volatile.Write(ref lastAnswer, answer);
        }

        return answer.Change;
    }

    private SurroundingsChange Find(Surroundings earlier)
    {
        // A file that comes or goes may change the order of the parts of a class.
        if (basis != earlier.basis || files.Length != earlier.files.Length)
        {
            return SurroundingsChange.Everything;
        }

        var changed = new HashSet<FileOutline.Declared>();
        for (int i = 0; i < files.Length; i++)
        {
            FileOutline now = files[i], then = earlier.files[i];
            if (now != then)
            {
                if (now.Basis != then.Basis)
                {
                    return SurroundingsChange.Everything;
                }

                changed.UnionWith(now.Declarations.Except(then.Declarations));
                changed.UnionWith(then.Declarations.Except(now.Declarations));
            }
        }

        return SurroundingsChange.Of(changed);
    }

    private static ulong Number(object thing) =>
        Numbers.GetValue(thing, _ => new StrongBox<ulong>((ulong)Interlocked.Increment(ref lastNumber))).Value;

    private sealed record Answer(Surroundings Earlier, SurroundingsChange Change);
}
