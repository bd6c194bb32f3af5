using System;
using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>A member of the user's class.</summary>
/// <param name="Documentation">Its XML documentation, a line each; empty for what is no public member.</param>
/// <param name="Signature">All before the body.</param>
/// <param name="Kind">What kind of body it has.</param>
/// <param name="Body">Its statements, its expression, or its getter and setter.</param>
internal sealed record Member(IReadOnlyList<string> Documentation, string Signature, MemberKind Kind, params string[] Body)
{
    /// <summary>It implements an interface by a public member that would do so by itself: needed where that is left out only.</summary>
    public bool OnlyForwards { get; init; }

    /// <summary>A property, and not a method or a constant.</summary>
    public bool IsProperty => Kind is MemberKind.GetSet or MemberKind.Expression && Signature.IndexOf('(') < 0;

    /// <summary>What C# calls it; with the interface's full name before it where it implements that explicitly.</summary>
    public string Name
    {
        get
        {
            int end = Signature.IndexOfAny(['(', '=']);
            string head = (end < 0 ? Signature : Signature.Substring(0, end)).TrimEnd();
            string name = head.Substring(head.LastIndexOf(' ') + 1);
            return name.StartsWith("global::", StringComparison.Ordinal) ? name.Substring("global::".Length) : name;
        }
    }
}

internal enum MemberKind
{
    /// <summary>Complete in one line: a constant.</summary>
    Plain,

    /// <summary>A method with statements.</summary>
    Method,

    /// <summary>A method or property that is one expression.</summary>
    Expression,

    /// <summary>A property with a getter and a setter, each an expression.</summary>
    GetSet,
}
