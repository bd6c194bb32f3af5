using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Where the outputs of a tile begin in each tensor: all of them are constants away from there, so that one address serves them instead of
/// one for each.
/// </summary>
internal sealed class Anchors
{
    private readonly Dictionary<Read, string> names = [];
    private readonly Position origin;

    /// <summary>Declares the addresses.</summary>
    /// <param name="kernel">What computes the tile.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="origin">Where the tile's first output stands.</param>
    public Anchors(Kernel kernel, CodeWriter writer, Position origin)
    {
        this.origin = origin;
        HashSet<string> taken = [.. kernel.Lead.Value.Body.Reads.Select(r => r.Tensor.Symbol)];
        IEnumerable<Read> places = kernel.Statements.Skip(1).SelectMany(s => s.Reads).Where(r => kernel.Memory.Contains(r.Tensor))
            .Concat(kernel.Statements.Where(s => kernel.Stored.Contains(s.Target)).Select(s => new Read(s.Target, s.At)));
        foreach (Read place in places.Where(p => p.Tensor.Element == ElementKind.F32 && p.At.Count > 1).Distinct())
        {
            string memory = MathPrinter.Memory(place.Tensor);
            if (memory != place.Tensor.Symbol && taken.Add(place.Tensor.Symbol))
            {
                writer.Line($"ref float {place.Tensor.Symbol} = ref Unsafe.Add(ref {memory}, {origin.Offset(place.Tensor, place.At)});");
                names.Add(place, place.Tensor.Symbol);
            }
        }
    }

    /// <summary>The address that a place is near, and how far; null where there is none.</summary>
    public (string Memory, string Offset)? Find(Read place, Position at) =>
        names.TryGetValue(place, out string? name) ? (name, at.Distance(origin, place)) : null;
}
