using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>BPG004: the user's own members whose names a network needs for itself.</summary>
internal static class TakenNames
{
    /// <summary>Kept for members that are still to come, so that no user takes them.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["Buffers", "BufferCount", "Advance", "StateSize"];

    /// <summary>The members' names that collide, the class's own first.</summary>
    public static IReadOnlyList<TakenName> Of(NetworkDeclaration declaration, NetworkShape shape)
    {
        IReadOnlyList<Member> members = Members.Of(declaration, shape, Network.Define(shape), plan: null, math: string.Empty);
        HashSet<string> names = [.. members.Select(m => m.Name), NetworkPrinter.MemoryField];
        HashSet<string> properties = [.. members.Where(m => m.IsProperty).Select(m => m.Name)];
        string own = declaration.Class.TrimStart('@');
        return declaration.OwnMembers.Prepend(own).Distinct().Select(Taken).OfType<TakenName>().ToArray();

        TakenName? Taken(string name)
        {
            // A property is two methods as well, and nobody else's may be called like them.
            string? accessed = name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name.Substring(4) : null;
            return names.Contains(name) ? new TakenName(name, name, name == own)
                : accessed is not null && properties.Contains(accessed) ? new TakenName(name, accessed, name == own)
                : Reserved.Contains(name) ? new TakenName(name, null, name == own)
                : null;
        }
    }
}

/// <param name="Name">The user's name.</param>
/// <param name="Generated">The generated member that it collides with; null where the name is only reserved.</param>
/// <param name="IsClass">It is the class's own name.</param>
internal sealed record TakenName(string Name, string? Generated, bool IsClass)
{
    /// <summary>What is wrong, as the end of a sentence that says where the name stands.</summary>
    public string Why => Generated is null ? "is reserved for a member of every network that is still to come"
        : Generated == Name ? "is the name of a member that every network of this kind gets"
        : $"is the accessor of '{Generated}', which every network of this kind gets";
}
