using System.Collections.Generic;

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

    /// <summary>A number that is the same for all parameters, computed in double.</summary>
    public Expr Scalar(string symbol, Expr value)
    {
        var scalar = new Tensor(symbol, TensorRole.Scalar, ElementKind.F64);
        Scalars.Add(new Statement(scalar, default, Simplifier.Simplify(value), Store.Assign, new Origin(-1, "Update")));
        return scalar[[]];
    }
}
