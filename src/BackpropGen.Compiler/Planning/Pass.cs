using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Kernels, one behind the other, that several entry points have: a method of their own.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Comment">What the comment in the emitted code says.</param>
/// <param name="First">The place of the first kernel.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Pass(string Name, string Comment, int First, int Count)
{
    // A method's head, its braces, its comment and the line between it and the next.
    private const int LinesOfMethod = 5;

    /// <summary>The methods, told which of their kernels are a pass: all before the loss, and all behind it, where another method has the same.</summary>
    /// <param name="methods">All methods of a network.</param>
    /// <param name="loss">The place of the loss among the attributes; null where there is none.</param>
    public static IReadOnlyList<MethodPlan> In(IReadOnlyList<MethodPlan> methods, int? loss)
    {
        MethodPlan[] candidates = methods.Select(m => m with { Passes = Candidates(m, loss) }).Select(Meeting).ToArray();
        var users = candidates.SelectMany(m => m.Passes.Select(p => Key(m, p))).GroupBy(key => key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return methods.Zip(candidates, (method, candidate) =>
        {
            Pass[] passes = candidate.Passes.Where(p => IsShorter(Kernels(candidate, p), users[Key(candidate, p)])).ToArray();
            return passes.Length == 0 ? method : Meeting(method with { Passes = passes });
        }).ToArray();
    }

    private static Pass[] Candidates(MethodPlan method, int? loss)
    {
        IReadOnlyList<Kernel> kernels = method.Kernels;
        int forward = kernels.TakeWhile(k => k.Statements.All(s => s.Origin.Layer >= 0 && s.Origin.Layer != loss && !s.Origin.IsBackward)).Count();
        int backward = kernels.Skip(forward).Reverse().TakeWhile(k => k.Statements.All(s => s.Origin.Layer != loss && s.Target.Role != TensorRole.Prediction)).Count();
        bool isStep = kernels.Any(k => k.Stored.Any(t => t.Role == TensorRole.Parameter));
        return new[]
        {
            new Pass("ForwardPass", "The forward pass of some rows.", 0, forward),
            isStep
                ? new Pass("StepPass", "The backward pass of a piece, with the step of every parameter.", kernels.Count - backward, backward)
                : new Pass("BackwardPass", "The backward pass of a piece. " + (kernels.Any(k => k.Steps is not null) ? $"Adds to what is {Places.Updated}: gradients or parameters." : "Adds to the gradients."), kernels.Count - backward, backward),
        }.Where(p => p.Count > 0).ToArray();
    }

    // Whoever calls it, threads meet before it where they must meet in it: so it is the same for all.
    private static MethodPlan Meeting(MethodPlan method)
    {
        Pass? backward = method.Passes.FirstOrDefault(p => p.First > 0);
        return method.Split is { IsWithinPieces: true } && backward is not null
            ? method with { Kernels = Meetings.Arrange(method.Kernels, method.Buffers, backward.First) }
            : method;
    }

    private static IEnumerable<Kernel> Kernels(MethodPlan method, Pass pass) => method.Kernels.Skip(pass.First).Take(pass.Count);

    private static string Key(MethodPlan method, Pass pass) =>
        pass.Name + string.Concat(Kernels(method, pass).Select((k, i) =>
            $"\n{KernelKey.OfCall(k)} {k.IfRequested} {i > 0 && k.Waits}"));

    // Lines that the others no longer have, against those of the method and of its calls.
    private static bool IsShorter(IEnumerable<Kernel> kernels, int users)
    {
        int lines = kernels.Count() + Places.Named(kernels).Count(t => t.IsStored);
        return (users - 1) * lines > users + LinesOfMethod;
    }
}
