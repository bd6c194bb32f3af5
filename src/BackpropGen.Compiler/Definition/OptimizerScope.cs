using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>What an optimizer states its update of one parameter with.</summary>
internal sealed class OptimizerScope() : StatementScope(new Origin(-1, "Update"))
{
    private readonly Tensor parameters = new("p", TensorRole.Parameter, ElementKind.F32, Extent.Rows);
    private readonly Tensor gradients = new("g", TensorRole.Gradient, ElementKind.F32, Extent.Rows);
    private readonly Axis i = new("i", Extent.Rows);

    /// <summary>The tensors that the optimizer remembers between steps, one value per parameter each, in the order of <c>OptimizerState</c>.</summary>
    public List<Tensor> States { get; } = [];

    /// <summary>The numbers of the step, computed once before all parameters.</summary>
    public List<Statement> Scalars { get; } = [];

    /// <summary>The learning rate.</summary>
    public Tensor RateTensor { get; } = new("rate", TensorRole.Scalar, ElementKind.F64);

    /// <summary>The number of this step, 1 for the first.</summary>
    public Tensor StepTensor { get; } = new("step", TensorRole.Scalar, ElementKind.F64);

    /// <summary>The parameter.</summary>
    public Read P => parameters[i];

    /// <summary>Its gradient.</summary>
    public Read G => gradients[i];

    public Expr Rate => RateTensor[[]];

    /// <summary>The step is along the gradient, <c>p − rate·g</c>, and nothing else.</summary>
    public bool IsAlongGradient => Statements.Count == 1
        && Statements[0] is { Value: { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Subtract, Left: Read p, Right: Binary { Op: BinaryOp.Multiply, Left: Read rate, Right: Read g } } } } only
        && only.Target == parameters && p.Equals(P) && g.Equals(G) && rate.Tensor == RateTensor;

    public Expr StepNumber => StepTensor[[]];

    /// <summary>A value that is remembered per parameter, 0 at first.</summary>
    public Read State(string symbol)
    {
        var state = new Tensor(symbol, TensorRole.OptimizerState, ElementKind.F32, Extent.Rows);
        States.Add(state);
        return state[i];
    }

    /// <summary>A value of this parameter and step, named for the reader.</summary>
    public Read Value(string symbol, Expr value)
    {
        Read local = Local(symbol, [i])[i];
        Let(local, value);
        return local;
    }

    /// <summary>The update of one parameter tensor, over the letters that its gradient is computed with.</summary>
    /// <param name="network">Whose parameter it is.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="at">The letters.</param>
    public IEnumerable<Statement> Of(Network network, Tensor parameter, Tensor gradient, EquatableArray<Index> at)
    {
        Tensor[] trained = network.Parameters.Where(p => p.Slot!.IsTrainable).ToArray();
        int before = trained.TakeWhile(p => p != parameter).Sum(p => p.Slot!.Length);
        int all = trained.Sum(p => p.Slot!.Length);
        var own = new Dictionary<Tensor, Tensor> { [parameters] = parameter, [gradients] = gradient };
        foreach (Tensor tensor in Statements.Select(s => s.Target).Concat(States).Distinct().Where(t => t != parameters))
        {
            int state = States.IndexOf(tensor);
            own.Add(tensor, new Tensor($"{tensor.Symbol}_{parameter.Symbol}", tensor.Role, tensor.Element, [.. parameter.Extents])
            {
                Slot = state < 0 ? null : parameter.Slot! with { Offset = (state * all) + before },
            });
        }

        return Statements.Select(s => (s with { Target = own[s.Target], At = at }).MapValues(Replace)).ToArray();

        Expr Replace(Expr e) => e is Read read && own.TryGetValue(read.Tensor, out Tensor? tensor) ? new Read(tensor, at) : e.Map(Replace);
    }

    /// <summary>A number that is the same for all parameters, computed in double.</summary>
    public Expr Scalar(string symbol, Expr value)
    {
        var scalar = new Tensor(symbol, TensorRole.Scalar, ElementKind.F64);
        Scalars.Add(new Statement(scalar, default, Simplifier.Simplify(value), Store.Assign, new Origin(-1, "Update")));
        return scalar[[]];
    }
}
