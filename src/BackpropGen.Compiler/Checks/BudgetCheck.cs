using System;
using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>BPG020 to BPG022: a network that needs more than its budget.</summary>
internal static class BudgetCheck
{
    /// <param name="declaration">The network, for its attributes as they are written.</param>
    /// <param name="network">Its shape.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="emit">Its text, which is written only where a budget asks for it.</param>
    public static IEnumerable<ShapeError> Errors(NetworkDeclaration declaration, NetworkShape network, NetworkPlan plan, Func<string> emit)
    {
        if (network.Budget is not { } budget)
        {
            yield break;
        }

        if (Exceeded("BPG020", nameof(budget.Bytes), budget.Bytes, () => NetworkNeeds.Memory(plan), "bytes of memory") is { } memory)
        {
            yield return memory;
        }

        if (Exceeded("BPG021", nameof(budget.MultiplyAdds), budget.MultiplyAdds, () => NetworkNeeds.MultiplyAdds(plan), "multiply-adds per sample") is { } work)
        {
            yield return work;
        }

        if (Exceeded("BPG022", nameof(budget.CodeBytes), budget.CodeBytes, () => NetworkNeeds.Code(plan, emit()), "bytes of C#") is { } code)
        {
            yield return code;
        }

        ShapeError? Exceeded(string id, string argument, long allowed, Func<Need> need, string unit)
        {
            // What is not limited is not worked out.
            if (allowed == long.MaxValue || need() is not { } needed || needed.Amount <= allowed)
            {
                return null;
            }

            string most = needed.Largest is { } largest
                ? $"; {AttributeBinder.Describe(declaration.Layers[largest.Place])} takes most, {Literals.Grouped(largest.Amount)}"
                : string.Empty;
            string message = $"{declaration.Class} needs {Literals.Grouped(needed.Amount)} {unit}, but its budget is {Literals.Grouped(allowed)}{most}";
            return new ShapeError(id, network.BudgetPlace, argument, message, default);
        }
    }
}
