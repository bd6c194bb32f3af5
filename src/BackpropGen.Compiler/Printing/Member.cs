using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>A member of the user's class.</summary>
/// <param name="Documentation">Its XML documentation, a line each; empty for what is no public member.</param>
/// <param name="Signature">All before the body.</param>
/// <param name="Kind">What kind of body it has.</param>
/// <param name="Body">Its statements, its expression, or its getter and setter.</param>
internal sealed record Member(IReadOnlyList<string> Documentation, string Signature, MemberKind Kind, params string[] Body);

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
