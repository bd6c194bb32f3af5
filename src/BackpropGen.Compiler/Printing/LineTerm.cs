using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A product that goes into a register of sums: of one element, the same for all lanes, and of neighbours along them.</summary>
/// <param name="Register">What the sums are held in.</param>
/// <param name="Sum">What they are called.</param>
/// <param name="One">Where the element is, as the arguments of a method.</param>
/// <param name="Neighbours">Where the neighbours are, in the same way.</param>
/// <param name="IsFirst">It is the first: the sums are declared with it.</param>
internal readonly record struct LineTerm(Register Register, string Sum, string One, string Neighbours, bool IsFirst)
{
    /// <summary>Writes the terms of several registers. Neighbours that two samples read are loaded once.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="line">What the method holds already.</param>
    /// <param name="factors">What the factors are.</param>
    /// <param name="terms">The terms.</param>
    public static void Print(CodeWriter writer, LineValues line, (Read One, Read Neighbours) factors, IReadOnlyList<LineTerm> terms)
    {
        if (terms.Select(t => t.Neighbours).Distinct().Count() == terms.Count)
        {
            foreach (LineTerm term in terms)
            {
                string places = $"{term.One}, {term.Neighbours}";
                writer.Line(term.IsFirst
                    ? $"{term.Register.Type} {term.Sum} = {term.Register.Call("Multiply")}{places});"
                    : $"{term.Sum} = {term.Register.Call("MultiplyAdd")}{places}, {term.Sum});");
            }

            return;
        }

        var held = new Dictionary<string, string>();
        foreach (LineTerm term in terms)
        {
            string neighbours = Held(factors.Neighbours, term.Register, $"{term.Register.Call("Load")}{term.Neighbours})");
            string broadcast = $"{term.Register.Type}.Broadcast({term.One})";
            string one = terms.Count(t => t.One == term.One && t.Register.Type == term.Register.Type) > 1 ? Held(factors.One, term.Register, broadcast)
                : term.IsFirst ? broadcast
                : term.One;
            writer.Line(term.IsFirst
                ? $"{term.Register.Type} {term.Sum} = {one} * {neighbours};"
                : $"{term.Sum} = {term.Register.Type}.MultiplyAdd({one}, {neighbours}, {term.Sum});");
        }

        string Held(Read read, Register register, string load)
        {
            if (!held.TryGetValue(load, out string? name))
            {
                name = line.Unique(read.Tensor.Symbol);
                held.Add(load, name);
                writer.Line(register.Declare(name, load));
            }

            return name;
        }
    }
}
