using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The contract's derivatives where there is none: on the kinks themselves.</summary>
public class KinkTests
{
    [Theory]
    [InlineData("Relu", 0, 0)]
    [InlineData("HardTanh", -1, 0)]
    [InlineData("HardTanh", 1, 0)]
    [InlineData("HardSigmoid", -3, 0)]
    [InlineData("HardSigmoid", 3, 0)]
    [InlineData("HardSwish", -3, 0)]
    [InlineData("HardSwish", 3, 0)]
    [InlineData("LeakyRelu", 0, 0.01)]
    public void A_layer_has_the_contracts_derivative_at_its_kink(string kind, double x, double slope)
    {
        Network network = Sampling.Define(Sampling.Input(new Shape(1)), Sampling.Declare(kind));
        Assert.Equal(slope, SlopeAt(network, x), 12);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0f)]
    [InlineData(-0.5f)]
    public void A_leaky_rectifiers_derivative_at_zero_is_its_slope_whatever_its_sign(float slope)
    {
        Network network = Sampling.Define(Sampling.Input(new Shape(1)), Sampling.Declare("LeakyRelu", ("slope", slope)));
        Assert.Equal(Written.Of(slope), SlopeAt(network, 0), 12);
        Assert.Equal(1, SlopeAt(network, 2), 12);
        Assert.Equal(Written.Of(slope), SlopeAt(network, -2), 12);
    }

    [Theory]
    [InlineData("Softplus", 0.5)]
    [InlineData("Elu", 1)]
    [InlineData("Softsign", 1)]
    [InlineData("Mish", 0.6)]
    public void A_layer_without_a_kink_has_its_derivative_at_zero(string kind, double slope)
    {
        Network network = Sampling.Define(Sampling.Input(new Shape(1)), Sampling.Declare(kind));
        Assert.Equal(slope, SlopeAt(network, 0), 12);
    }

    [Theory]
    [InlineData("MaeLoss", 0)]
    [InlineData("LogCoshLoss", 0)]
    [InlineData("HuberLoss", 0)]
    [InlineData("BinaryCrossEntropyWithLogitsLoss", 0.1)]
    public void A_loss_has_the_contracts_derivative_where_output_and_target_agree(string kind, double slope)
    {
        Network network = Sampling.Define(Sampling.Input(new Shape(1)), Sampling.Declare(kind));
        var loss = new DefinedLoss(network, network.Shape.Loss!, againstLabels: false);
        var dy = new Tensor("dy", TensorRole.Local, ElementKind.F32, [.. network.Output.Extents]);
        double at = kind.Contains("Logits", System.StringComparison.Ordinal) ? 0 : 0.7;
        var interpreter = new Interpreter(1) { [network.Input] = [at], [loss.Target!] = [at == 0 ? 0.4 : at], [loss.G] = [1] };
        interpreter.Run(network.Forward);
        interpreter.Run(loss.Forward);
        interpreter.Run(loss.Backward(dy));
        Assert.Equal(slope, interpreter[dy][0], 12);
    }

    private static double SlopeAt(Network network, double x)
    {
        var dy = new Tensor("dy", TensorRole.OutputGradient, ElementKind.F32, [.. network.Output.Extents]);
        var dx = new Tensor("dx", TensorRole.InputGradient, ElementKind.F32, [.. network.Input.Extents]);
        var interpreter = new Interpreter(1) { [network.Input] = [x], [dy] = [1] };
        interpreter.Run(network.Forward);
        interpreter.Run(network.Backward(dy, dx));
        return interpreter[dx][0];
    }
}
