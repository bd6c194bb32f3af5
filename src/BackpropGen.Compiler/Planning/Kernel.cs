using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Statements that are computed in one pass: the first may sum, the others map its result where it is still in a register.
/// </summary>
/// <param name="Name">What the emitted method is called.</param>
/// <param name="Statements">The first one and its epilogue, over the same letters.</param>
/// <param name="Stored">The targets that somebody reads from memory.</param>
/// <param name="IfRequested">Runs only where the input's gradient is asked for.</param>
/// <param name="Strategy">How its loops are written.</param>
internal sealed record Kernel(string Name, IReadOnlyList<Statement> Statements, IReadOnlyList<Tensor> Stored, bool IfRequested, Strategy Strategy)
{
    public Statement Lead => Statements[0];

    /// <summary>Its result is a total, in double.</summary>
    public bool IsTotal => Lead.Target.Element == ElementKind.F64;

    /// <summary>How it is done for many rows, where that is another way; null where it is not.</summary>
    public Packing? Packing { get; init; }

    /// <summary>What it reads a copy of that it makes first; null where there is none.</summary>
    public ColumnCopy? Column { get; init; }

    /// <summary>It adds to a gradient, or a training step with it to this parameter; null where it does no such thing.</summary>
    public Tensor? Steps { get; init; }

    /// <summary>How several threads share it; null where one does all of it.</summary>
    public KernelSplit? Split { get; init; }

    /// <summary>All threads must have come so far before it begins.</summary>
    public bool Waits { get; init; }

    /// <summary>What its code calls the number of rows that it is to work on.</summary>
    public string Rows { get; init; } = "rows";

    /// <summary>The tensors in memory that it touches: read first, then written.</summary>
    public IReadOnlyList<Tensor> Memory
    {
        get
        {
            var own = new HashSet<Tensor>();
            var memory = new List<Tensor>();
            foreach (Statement statement in Statements)
            {
                memory.AddRange(statement.Reads.Select(r => r.Tensor).Where(t => !own.Contains(t) && t.Role != TensorRole.Scalar));
                own.Add(statement.Target);
            }

            return memory.Concat(Stored).Where(t => t.Role != TensorRole.Scalar).Select(t => t == Column?.Copy ? Column.Source.Tensor : t).Distinct().ToArray();
        }
    }

    /// <summary>What it reads from memory and replaces there: to do so twice would be wrong.</summary>
    public IReadOnlyList<Tensor> InPlace => Stored.Where(t =>
        Statements.First(s => s.Target == t) is var first && (first.Store == Store.Accumulate || Statements.TakeWhile(s => s != first).Append(first).Any(s => s.Reads.Any(r => r.Tensor == t)))).ToArray();

    /// <summary>The numbers of the call that it reads.</summary>
    public IReadOnlyList<Tensor> Scalars =>
        Statements.SelectMany(s => s.Reads).Select(r => r.Tensor).Where(t => t.Role == TensorRole.Scalar).Distinct().ToArray();
}
