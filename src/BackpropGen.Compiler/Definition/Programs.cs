using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The programs of a network's entry points.</summary>
internal sealed class Programs
{
    private readonly Network network;

    private Programs(Network network)
    {
        this.network = network;
        if (network.Shape.Optimizer is { } optimizer)
        {
            Optimizer = new OptimizerScope();
            optimizer.Define(Optimizer);
        }

        OutputGradient = Like(network.Output, "d" + network.Output.Symbol, TensorRole.OutputGradient);
        InputGradient = Like(network.Input, "dx", TensorRole.InputGradient);
    }

    public Network Network => network;

    /// <summary>What the optimizer states; null where none is declared.</summary>
    public OptimizerScope? Optimizer { get; }

    /// <summary>dL/doutput, given by the caller of <c>BackwardFrom</c>.</summary>
    public Tensor OutputGradient { get; }

    /// <summary>dL/dinput, filled where the caller asks for it.</summary>
    public Tensor InputGradient { get; }

    public NetworkProgram Forward { get; private set; } = null!;

    public NetworkProgram BackwardFrom { get; private set; } = null!;

    /// <summary>The index of the largest output; null where the loss takes no labels.</summary>
    public NetworkProgram? Predict { get; private set; }

    public Tensor? Prediction { get; private set; }

    /// <summary>Loss and backward pass against values (or nothing), and against labels where the loss takes them.</summary>
    public IReadOnlyList<LossPrograms> Losses { get; private set; } = [];

    public static Programs Of(Network network)
    {
        var programs = new Programs(network);
        programs.Forward = Live("Forward", network.Forward, [network.Output], null);
        programs.BackwardFrom = Live(
            "BackwardFrom",
            Flat(network.Forward.Concat(network.Backward(programs.OutputGradient, programs.InputGradient))),
            programs.Gradients,
            programs.InputGradient);
        if (network.Shape.Loss is { } loss)
        {
            var variants = new List<LossPrograms> { programs.Against(new DefinedLoss(network, loss, againstLabels: false)) };
            if (loss.Attribute.Targets == TargetKind.ValuesOrLabels)
            {
                variants.Add(programs.Against(new DefinedLoss(network, loss, againstLabels: true)));
                programs.DefinePredict();
            }

            programs.Losses = variants;
        }

        return programs;
    }

    private IEnumerable<Tensor> Gradients => network.Parameters.Where(p => p.Slot!.IsTrainable).Select(network.GradientOf);

    private static Tensor Like(Tensor tensor, string symbol, TensorRole role) => new(symbol, role, ElementKind.F32, [.. tensor.Extents]);

    private LossPrograms Against(DefinedLoss loss)
    {
        Tensor dy = Like(network.Output, "d" + network.Output.Symbol, TensorRole.Local);
        IEnumerable<Statement> forward = network.Forward.Concat(loss.Forward);
        IEnumerable<Step> backward = loss.Backward(dy).Concat(network.Backward(dy, InputGradient));
        NetworkProgram lossProgram = Live("Loss", forward, [loss.Total], null);
        NetworkProgram backwardProgram = Live("Backward", Flat(forward.Concat(backward)), Gradients.Append(loss.Total), InputGradient);
        NetworkProgram? step = Optimizer is null ? null : TrainStep(backwardProgram);
        if (loss.Factor is Const && Optimizer is not { IsAlongGradient: true })
        {
            backwardProgram = Inline(backwardProgram, loss.G, loss.Factor);
            step = step is null ? null : Inline(step, loss.G, loss.Factor);
        }

        return new LossPrograms(loss, lossProgram, backwardProgram, step);
    }

    // Nobody reads the gradients of a step that is taken at once: each is assigned, and updates its parameter where it is still in a register.
    private NetworkProgram TrainStep(NetworkProgram backward)
    {
        var assigned = new HashSet<Tensor>();
        var steps = new List<Statement>();
        var updates = new List<Statement>();
        foreach (Statement statement in backward.Statements.Where(s => !s.IfRequested).Select(s => s.Statement))
        {
            bool isFirst = statement.Target.Role == TensorRole.Gradient && assigned.Add(statement.Target);
            steps.Add(isFirst ? statement with { Store = Store.Assign } : statement);
        }

        foreach (Tensor parameter in network.Parameters.Where(p => assigned.Contains(network.GradientOf(p))))
        {
            Tensor gradient = network.GradientOf(parameter);
            EquatableArray<Index> at = steps.First(s => s.Target == gradient).At;
            updates.AddRange(Optimizer!.IsAlongGradient ? [Addition(parameter, gradient, at)] : Optimizer.Of(network, parameter, gradient, at));
        }

        return new NetworkProgram("TrainStep", steps.Concat(updates).Select(s => new LiveStatement(s, false)).ToArray());
    }

    // Gradients are linear in dL/dtotal: of −rate times it, what comes out is what a step along the gradient adds.
    private static Statement Addition(Tensor parameter, Tensor gradient, EquatableArray<Index> at) =>
        new(parameter, at, new Read(parameter, at) + new Read(gradient, at), Store.Assign, new Origin(-1, "Update"));

    private void DefinePredict()
    {
        Shape shape = network.Shape.Output;
        Axis[] axes = Network.Letters(shape);
        Axis classes = axes[1 + shape.ClassDimension];
        Axis[] positions = axes.Where(a => !a.Equals(classes)).ToArray();
        Prediction = new Tensor("label", TensorRole.Prediction, ElementKind.I32, positions.Select(a => a.Extent).ToArray());
        var argMax = new Statement(
            Prediction,
            positions.Select(a => (Index)a).ToEquatableArray(),
            Maths.ArgMax(classes, network.Output[axes.Select(a => (Index)a).ToArray()]),
            Store.Assign,
            new Origin(-1, "Predict"));
        Predict = Live("Predict", network.Forward.Append(argMax), [Prediction], null);
    }

    // The layers of today have no recurrence; a scan would be planned as a loop of its own.
    private static IEnumerable<Statement> Flat(IEnumerable<Step> steps) => steps.Cast<Statement>();

    private static NetworkProgram Inline(NetworkProgram program, Tensor scalar, Expr value)
    {
        Expr Replace(Expr e) => e is Read read && read.Tensor == scalar ? value : e.Map(Replace);
        return program with
        {
            Statements = program.Statements.Select(s => s with { Statement = s.Statement.MapValues(e => Simplifier.Simplify(Replace(e))) }).ToArray(),
        };
    }

    private static NetworkProgram Live(string name, IEnumerable<Statement> statements, IEnumerable<Tensor> live, Tensor? requested)
    {
        List<Statement> all = CommonStatements.Unite(statements);
        bool[] needed = Reaching(all, live);
        bool[] wanted = requested is null ? needed : Reaching(all, live.Append(requested));
        return new NetworkProgram(name, all.Select((s, i) => (Statement: s, Place: i)).Where(s => wanted[s.Place]).Select(s => new LiveStatement(s.Statement, !needed[s.Place])).ToArray());
    }

    // Of each statement, whether something that is wanted comes of it.
    private static bool[] Reaching(List<Statement> statements, IEnumerable<Tensor> live)
    {
        var wanted = new HashSet<Tensor>(live);
        var reaching = new bool[statements.Count];
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            if (wanted.Contains(statements[i].Target))
            {
                reaching[i] = true;
                wanted.UnionWith(statements[i].Reads.Select(r => r.Tensor));
            }
        }

        return reaching;
    }
}

/// <param name="Loss">The loss.</param>
/// <param name="Evaluate">Its value alone.</param>
/// <param name="Backward">Its value and all gradients.</param>
/// <param name="TrainStep">
/// Its value, and all parameters after a step; null where no optimizer is declared. Where the step is along the gradient, dL/dtotal is to be given
/// times −rate.
/// </param>
internal sealed record LossPrograms(DefinedLoss Loss, NetworkProgram Evaluate, NetworkProgram Backward, NetworkProgram? TrainStep);
