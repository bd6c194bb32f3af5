using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A network as statements: its tensors, what each layer states, and the programs that follow.</summary>
internal sealed class Network
{
    private readonly List<DefinedLayer> layers = [];
    private readonly List<Tensor> parameters = [];
    private readonly Dictionary<Tensor, Tensor> gradients = [];
    private int layersWithParameters;

    private Network(NetworkShape shape)
    {
        Shape = shape;
        Input = new Tensor("x", TensorRole.Input, ElementKind.F32, Extents(shape.Input));
        Tensor x = Input;
        foreach (PlacedLayer layer in shape.Layers)
        {
            x = Define(layer, x);
        }

        Output = x;
    }

    public NetworkShape Shape { get; }

    public Tensor Input { get; }

    /// <summary>What the last layer gives; the input itself in a network without layers.</summary>
    public Tensor Output { get; }

    public IReadOnlyList<DefinedLayer> Layers => layers;

    /// <summary>The parameter tensors in the order of <c>Parameters</c>.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    public int ParameterCount => (int)Math.Min(int.MaxValue, parameters.Sum(p => (long)p.Slot!.Length));

    /// <summary>The gradient of a parameter tensor.</summary>
    public Tensor GradientOf(Tensor parameter) => gradients[parameter];

    /// <summary>The forward pass, layer by layer.</summary>
    public IReadOnlyList<Statement> Forward => layers.SelectMany(l => l.Forward).ToArray();

    /// <summary>The letters of a tensor of the given shape, the batch first.</summary>
    public static Axis[] Letters(Shape shape)
    {
        string[] letters = shape.Sizes.Count switch
        {
            1 => ["j"],
            2 => ["i", "j"],
            _ => ["c", "h", "w"],
        };
        return [new Axis("n", Extent.Rows), .. shape.Sizes.Select((size, i) => new Axis(letters[i], size))];
    }

    public static Extent[] Extents(Shape shape) => [Extent.Rows, .. shape.Sizes.Select(s => (Extent)s)];

    public static Network Define(NetworkShape shape)
    {
        if (shape.Layers.Count == 0)
        {
            // Nothing between input and output is the identity.
            var identity = new PlacedLayer(new IdentityAttribute(), -1, "Identity1", "Identity", shape.Input, shape.Input);
            shape = shape with { Layers = [identity] };
        }

        return new Network(shape);
    }

    /// <summary>
    /// The backward pass: the layers' gradients from the output's, each as the layer states it or as it is derived.
    /// </summary>
    /// <param name="outputGradient">dL/doutput.</param>
    /// <param name="inputGradient">dL/dinput.</param>
    /// <param name="derivedOnly">Never takes a layer's own statement: for the test that holds the two against each other.</param>
    public IReadOnlyList<Step> Backward(Tensor outputGradient, Tensor inputGradient, bool derivedOnly = false)
    {
        var steps = new List<Step>();
        Tensor dy = outputGradient;
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            DefinedLayer layer = layers[i];
            Tensor dx = i == 0 ? inputGradient : new Tensor("d" + layer.X.Symbol, TensorRole.Local, ElementKind.F32, [.. layer.X.Extents]);
            steps.AddRange(Backward(layer, dy, dx, derivedOnly));
            dy = dx;
        }

        return steps;
    }

    private IReadOnlyList<Step> Backward(DefinedLayer layer, Tensor dy, Tensor dx, bool derivedOnly)
    {
        var scope = new LayerScope(layer.Origin with { IsBackward = true }, layer.X, layer.Y, layer.Axes, layer.ClassDimension, (_, _, _, _, _, _) => throw new InvalidOperationException("Parameters are declared going forward."))
        {
            DX = dx,
            DY = dy,
        };
        if (!derivedOnly && layer.Placed.Attribute.DefineBackward(scope))
        {
            Number(scope.Statements, layer.Number);
            return scope.Statements;
        }

        var own = new Dictionary<Tensor, Tensor> { [layer.Y] = dy, [layer.X] = dx };
        return Derivative.Of(layer.Forward, Gradient, gradients.Values.Append(dy));

        Tensor? Gradient(Tensor tensor)
        {
            if (tensor.Role == TensorRole.Parameter)
            {
                return tensor.Slot!.IsTrainable ? gradients[tensor] : null;
            }

            if (!own.TryGetValue(tensor, out Tensor? gradient))
            {
                gradient = new Tensor("d" + tensor.Symbol, TensorRole.Local, ElementKind.F32, [.. tensor.Extents]);
                own.Add(tensor, gradient);
            }

            return gradient;
        }
    }

    private Tensor Define(PlacedLayer placed, Tensor x)
    {
        int number = layers.Count + 1;
        bool isFirst = true;

        // What the user calls a layer may be what some type is called that the emitted code uses.
        var origin = new Origin(placed.Place, placed.Attribute.Name is null ? placed.Name : placed.Name + "Layer");
        var y = new Tensor("y" + number, TensorRole.Local, ElementKind.F32, Extents(placed.Output));
        var scope = new LayerScope(origin, x, y, Letters(placed.Input), 1 + placed.Input.ClassDimension, NewParameter);
        placed.Attribute.Define(scope);
        Number(scope.Statements, number);
        layers.Add(new DefinedLayer(placed, origin, number, x, y, scope.Axes, scope.ClassDimension, scope.Statements));
        return y;

        Tensor NewParameter(string name, string symbol, WeightLayout? layout, Initialization start, bool isTrainable, Extent[] extents)
        {
            // w and b of one layer have one number, and the next layer that has any the next.
            layersWithParameters += isFirst ? 1 : 0;
            isFirst = false;
            symbol += layersWithParameters;
            // Where sizes overflow the network is an error already, and its members only have to be there.
            int length = (int)extents.Aggregate(1L, (size, e) => Math.Min(int.MaxValue, size * e.Value));
            var slot = new ParameterSlot(placed.Name + name, placed.Name, layout, ParameterCount, length, isTrainable, start);
            var parameter = new Tensor(symbol, TensorRole.Parameter, ElementKind.F32, extents) { Slot = slot };
            parameters.Add(parameter);
            gradients.Add(parameter, new Tensor("d" + symbol, TensorRole.Gradient, ElementKind.F32, extents) { Slot = slot });
            return parameter;
        }
    }

    // A layer's own tensors are numbered like its output.
    internal static void Number(IEnumerable<Statement> statements, int number)
    {
        foreach (Tensor tensor in statements.Select(s => s.Target).Distinct())
        {
            if (tensor.Role == TensorRole.Local && !char.IsDigit(tensor.Symbol[tensor.Symbol.Length - 1]))
            {
                tensor.Symbol += number;
            }
        }
    }
}

/// <summary>A layer and its forward statements.</summary>
internal sealed record DefinedLayer(
    PlacedLayer Placed, Origin Origin, int Number, Tensor X, Tensor Y, Axis[] Axes, int ClassDimension, IReadOnlyList<Statement> Forward);
