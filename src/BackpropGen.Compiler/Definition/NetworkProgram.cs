using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>What one entry point computes: live statements, in order.</summary>
/// <param name="Name">The entry point.</param>
/// <param name="Statements">What to compute; nothing that nobody reads.</param>
internal sealed record NetworkProgram(string Name, IReadOnlyList<LiveStatement> Statements);

/// <param name="Statement">The statement.</param>
/// <param name="IfRequested">Only the input's gradient, which the caller may leave out, wants it.</param>
internal sealed record LiveStatement(Statement Statement, bool IfRequested);
