using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class ShapeWalkTests
{
    private static readonly LayerDeclaration Typo = new("Affin", false, default);

    [Fact]
    public void Layers_that_fit_make_no_error_and_give_their_shapes()
    {
        NetworkShape network = Sound(Input(3, 4), Affine(4, 8), Kind("Relu"), Affine(8, 2), Kind("MseLoss"), Kind("Adam"));
        Assert.Equal(new Shape(3, 4), network.Input);
        Assert.Equal(new Shape(3, 2), network.Output);
        Assert.Equal(["Affine1", "Relu1", "Affine2"], network.Layers.Select(l => l.Name));
        Assert.Equal("MseLoss", network.Loss!.Kind);
        Assert.IsType<AdamAttribute>(network.Optimizer);
    }

    [Fact]
    public void A_mismatch_names_both_sizes_and_both_layers_and_can_be_mended_on_either_side()
    {
        ShapeError error = Assert.Single(Errors(Affine(4, 8), Affine(16, 2)));
        Assert.Equal(("BPG010", 1, "inputs"), (error.Id, error.Layer, error.Argument));
        Assert.Equal("Affine(16, 2) expects 16 features, but Affine(4, 8) before it gives 8", error.Message);
        Assert.Equal(
            [
                new Mend(MendKind.SetArgument, "Let Affine(16, 2) take 8 inputs", 1, "inputs", "8"),
                new Mend(MendKind.SetArgument, "Let Affine(4, 8) give 16 outputs", 0, "outputs", "16"),
            ],
            error.Mends);
    }

    [Fact]
    public void A_mend_goes_past_layers_that_have_no_size_of_their_own()
    {
        ShapeError error = Assert.Single(Errors(Affine(4, 8), Kind("Relu"), Affine(16, 2)));
        Assert.Equal("Affine(16, 2) expects 16 features, but Relu before it gives 8", error.Message);
        Assert.Equal(new Mend(MendKind.SetArgument, "Let Affine(4, 8) give 16 outputs", 0, "outputs", "16"), error.Mends[1]);
    }

    [Fact]
    public void The_input_can_be_mended()
    {
        ShapeError error = Assert.Single(Errors(Input(8), Affine(16, 2)));
        Assert.Equal("Affine(16, 2) expects 16 features, but Input(8) before it gives 8", error.Message);
        Assert.Equal(new Mend(MendKind.SetArgument, "Let Input(8) give 16 features", 0, "features", "16"), error.Mends[1]);
        Assert.Equal(new Mend(MendKind.SetArgument, "Let Input(3, 8) give 16 features", 0, "features", "16"), Assert.Single(Errors(Input(3, 8), Affine(16, 2))).Mends[1]);
    }

    [Fact]
    public void Each_mend_mends()
    {
        LayerDeclaration[] broken = [Affine(4, 8), Kind("Tanh"), Affine(16, 2)];
        foreach (Mend mend in Assert.Single(Errors(broken)).Mends)
        {
            LayerDeclaration[] mended = broken.Select((d, i) => i != mend.Layer ? d : d with
            {
                Arguments = d.Arguments.Select(a => a.Name == mend.Argument ? a with { Value = int.Parse(mend.Text, null) } : a).ToEquatableArray(),
            }).ToArray();
            Assert.Empty(Errors(mended));
        }
    }

    [Fact]
    public void The_walk_goes_on_with_the_declared_outputs()
    {
        Assert.Equal([1], Places(Affine(4, 8), Affine(16, 2), Affine(2, 1)));
        Assert.Equal([1, 2], Places(Affine(4, 8), Affine(16, 2), Affine(3, 1)));
    }

    [Fact]
    public void Behind_what_is_not_understood_nothing_is_a_mismatch_until_a_layer_says_its_size()
    {
        Assert.Empty(Errors(Affine(4, 8), Typo, Affine(16, 2), Kind("Relu")));
        Assert.Empty(Errors(Typo, Kind("Relu"), Affine(16, 2)));
        Assert.Empty(Errors(Affine(4, 8), Kind("Affine", ("inputs", 8)), Kind("Relu")));
        Assert.Equal([3], Places(Affine(4, 8), Typo, Affine(16, 2), Affine(3, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_size_below_one_is_out_of_range(int size)
    {
        AssertOutOfRange("inputs", 0, Affine(size, 3), Affine(3, 2));
        AssertOutOfRange("outputs", 0, Affine(3, size), Affine(3, 2));
        AssertOutOfRange("features", 0, Input(size), Affine(3, 2));
        AssertOutOfRange("height", 0, Sampling.Declare("Input", ("channels", 1), ("height", size), ("width", 2)), Kind("Relu"));
        AssertOutOfRange("samples", 1, Affine(3, 2), Kind("Workspace", ("samples", size)));
        Assert.Equal(
            FormattableString.Invariant($"Affine({size}, 3): inputs must be at least 1, but is {size}"),
            Errors(Affine(size, 3))[0].Message);
    }

    [Fact]
    public void Several_arguments_out_of_range_are_several_errors() =>
        Assert.Equal(["inputs", "outputs"], Errors(Affine(0, 0)).Select(e => e.Argument));

    [Theory]
    [InlineData("Layout")]
    [InlineData("Initializer")]
    public void An_enumeration_has_declared_values_only(string property) =>
        AssertOutOfRange(property, 0, Kind("Affine", ("inputs", 2), ("outputs", 3), (property, 77)), Affine(3, 1));

    [Fact]
    public void A_reduction_has_declared_values_only() =>
        AssertOutOfRange("Reduction", 1, Affine(2, 3), Kind("MseLoss", ("Reduction", -1)));

    public static TheoryData<string> Optimizers => Sampling.KindsOf<OptimizerAttribute>();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void No_number_of_an_optimizer_may_be_NaN_negative_or_infinite(string kind)
    {
        Type type = LayerRegistry.Kinds[kind];
        IEnumerable<string> numbers = type.GetConstructors()[0].GetParameters().Where(p => p.ParameterType == typeof(float)).Select(p => p.Name!)
            .Concat(type.GetProperties().Where(p => p.PropertyType == typeof(float) && p.SetMethod is { IsPublic: true }).Select(p => p.Name));
        foreach (string number in numbers)
        {
            foreach (float value in new[] { float.NaN, -0.1f, float.NegativeInfinity, float.PositiveInfinity })
            {
                var arguments = new List<(string, object?)> { (number, value) };
                if (number != "rate")
                {
                    arguments.Add(("rate", 0.1f));
                }

                AssertOutOfRange(number, 1, Affine(2, 3), Kind(kind, [.. arguments]));
            }
        }

        Assert.Empty(Errors(Affine(2, 3), Kind(kind, ("rate", 0f))));
        Assert.Empty(Errors(Affine(2, 3), Kind(kind, ("rate", 1))));
    }

    public static TheoryData<string> Kinds => Sampling.KindsOf<NetworkAttribute>();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_number_of_a_constructor_that_is_NaN_is_an_error(string kind)
    {
        foreach (System.Reflection.ParameterInfo parameter in LayerRegistry.Kinds[kind].GetConstructors()[0].GetParameters().Where(p => p.ParameterType == typeof(float)))
        {
            AssertOutOfRange(parameter.Name!, 1, Affine(2, 3), Kind(kind, (parameter.Name!, float.NaN)));
        }
    }

    [Fact]
    public void Nesterov_wants_a_momentum()
    {
        AssertOutOfRange("Nesterov", 1, Affine(2, 3), Kind("Sgd", ("rate", 0.1f), ("Nesterov", true)));
        Assert.Empty(Errors(Affine(2, 3), Kind("Sgd", ("rate", 0.1f), ("Nesterov", true), ("Momentum", 0.9f))));
    }

    [Fact]
    public void Parameters_that_do_not_fit_into_a_span_are_said_once()
    {
        ShapeError error = AssertOutOfRange(null, 0, Affine(100000, 100000));
        Assert.Equal("Affine(100000, 100000) makes over 2147483647 parameters, with the layers before it: more than the 536870897 that fit into one span", error.Message);
        AssertOutOfRange(null, 1, Affine(20000, 20000), Affine(20000, 20000), Affine(20000, 20000));
        AssertOutOfRange(null, 0, Affine(int.MaxValue, 1));
        AssertOutOfRange(null, 0, Affine(int.MaxValue, int.MaxValue));
        Assert.Empty(Errors(Affine(20000, 20000), Kind("Relu"), Affine(20000, 6000)));
    }

    [Fact]
    public void Values_that_do_not_fit_into_a_span_are_said_once()
    {
        AssertOutOfRange(null, 0, Input(100000, 100000), Kind("Relu"), Kind("Softmax"), Affine(100000, 2));
        AssertOutOfRange(null, 0, Sampling.Declare("Input", ("channels", int.MaxValue), ("height", int.MaxValue), ("width", int.MaxValue)), Kind("Relu"));
    }

    [Fact]
    public void A_network_whose_first_layer_takes_any_shape_wants_an_input()
    {
        ShapeError error = Assert.Single(Errors(Kind("Relu"), Kind("Tanh"), Affine(3, 2)));
        Assert.Equal(("BPG012", 0), (error.Id, error.Layer));
        Assert.Equal("Relu takes any shape, so the network's input is not known: declare it with [Input(...)] first of all", error.Message);
        Assert.Equal([new Mend(MendKind.Insert, "Declare the input's shape", 0, null, "Input(3)")], error.Mends);
        Assert.Equal("Input(1)", Assert.Single(Assert.Single(Errors(Kind("Relu"), Kind("MseLoss"))).Mends).Text);
        Assert.Equal("BPG012", Assert.Single(Errors(Kind("MseLoss"))).Id);
        Assert.Empty(Errors(Input(3), Kind("MseLoss")));
    }

    [Theory]
    [InlineData(3, "64", "Filter takes an image [channels, height, width], but Affine(9, 64) before it gives a flat vector of 64")]
    [InlineData(2, "3×8×8", "Filter takes a sequence [time, features], but Affine(9, 64) before it gives an image [channels, height, width] of 3×8×8")]
    [InlineData(1, "64", null)]
    public void A_layer_may_refuse_a_shape_for_its_dimensions(int dimensions, string arrives, string? message)
    {
        // None of the registered layers does: the rule is called as theirs are.
        var errors = new List<ShapeError>();
        var shape = new Shape(arrives.Split('×').Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        new ShapeScope(1, "Filter", shape, "Affine(9, 64)", null, errors).ExpectDimensions(dimensions);
        Assert.Equal(message, errors.SingleOrDefault()?.Message);
        Assert.All(errors, error => Assert.Equal(("BPG017", 1, null), (error.Id, error.Layer, error.Argument)));
    }

    [Fact]
    public void Order_is_input_layers_loss_optimizer()
    {
        AssertOrder(2, "Relu stands after MseLoss: the loss comes after all layers", Affine(2, 3), Kind("MseLoss"), Kind("Relu"));
        AssertOrder(2, "Relu stands after Adam: the optimizer comes last", Affine(2, 3), Kind("Adam"), Kind("Relu"));
        AssertOrder(2, "MseLoss stands after Adam: the optimizer comes last", Affine(2, 3), Kind("Adam"), Kind("MseLoss"));
        AssertOrder(1, "Input(3) stands after Affine(2, 3): the input is declared first of all", Affine(2, 3), Input(3));
        AssertOrder(3, "Affine(3, 1) stands after MseLoss: the loss comes after all layers", Affine(2, 3), Kind("MseLoss"), Kind("Adam"), Affine(3, 1));
    }

    [Fact]
    public void One_input_one_loss_one_optimizer()
    {
        AssertError("BPG014", 1, "Input(3) is a second input: a network has one", Input(3), Input(3), Affine(3, 2));
        AssertError("BPG014", 2, "MaeLoss is a second loss: MseLoss is declared already", Affine(3, 2), Kind("MseLoss"), Kind("MaeLoss"));
        AssertError("BPG014", 2, "Sgd(0.5f) is a second optimizer: Adam is declared already", Affine(3, 2), Kind("Adam"), Kind("Sgd", ("rate", 0.5f)));
    }

    [Fact]
    public void Names_are_identifiers_and_differ()
    {
        AssertError("BPG005", 0, "Affine(2, 3): the name \"1st\" is no identifier", Named(2, 3, "1st"));
        AssertError("BPG005", 0, "Affine(2, 3): the name \"\" is no identifier", Named(2, 3, string.Empty));
        AssertError("BPG005", 0, "Affine(2, 3): the name \"a b\" is no identifier", Named(2, 3, "a b"));
        AssertError("BPG005", 1, "Affine(3, 2) and Affine(2, 3) are both called H: give one another Name", Named(2, 3, "H"), Named(3, 2, "H"));
        AssertError("BPG005", 0, "Affine(3, 2) and Affine(2, 3) are both called Affine2: give one another Name", Named(2, 3, "Affine2"), Affine(3, 2));
        Assert.Equal("Name", Assert.Single(Errors(Named(2, 3, "1st"))).Argument);
        Assert.Empty(Errors(Named(2, 3, "Größe_1"), Named(3, 2, "class")));
    }

    [Fact]
    public void Named_layers_count_among_their_kind() =>
        Assert.Equal(["Hidden", "Affine2"], Sound(Named(2, 3, "Hidden"), Affine(3, 2)).Layers.Select(l => l.Name));

    [Fact]
    public void Errors_come_in_the_order_of_the_attributes()
    {
        int[] places = Places(Named(2, 3, "Affine2"), Affine(4, 0), Affine(3, 2), Kind("Adam", ("rate", float.NaN)), Kind("MseLoss"));
        Assert.Equal(places.Order(), places);
        Assert.True(places.Length >= 3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_argument_that_the_attribute_has_not_makes_it_not_understood(string kind)
    {
        Assert.Null(AttributeBinder.Bind(Kind(kind, ("nonsense", 3))));
        Assert.Null(AttributeBinder.Bind(Kind(kind, ("Nonsense", 3))));
        Assert.Null(AttributeBinder.Bind(new LayerDeclaration(kind, false, default)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_way_to_write_an_attribute_is_bound_as_it_is_written(string kind)
    {
        foreach (LayerDeclaration declaration in Sampling.Variations(kind))
        {
            NetworkAttribute attribute = AttributeBinder.Bind(declaration)!;
            Assert.IsType(LayerRegistry.Kinds[kind], attribute);
            foreach (ArgumentDeclaration argument in declaration.Arguments)
            {
                if (attribute.GetType().GetProperty(argument.Name) is { } property)
                {
                    object? value = property.GetValue(attribute);
                    Assert.Equal(argument.Value, value is Enum ? Convert.ToInt32(value, null) : value);
                }
            }
        }
    }

    private static LayerDeclaration Kind(string kind, params (string, object?)[] arguments) => Sampling.Declare(kind, arguments);

    private static LayerDeclaration Affine(int inputs, int outputs) => Kind("Affine", ("inputs", inputs), ("outputs", outputs));

    private static LayerDeclaration Named(int inputs, int outputs, string name) => Kind("Affine", ("inputs", inputs), ("outputs", outputs), ("Name", name));

    private static LayerDeclaration Input(params int[] sizes) => Sampling.Input(new Shape(sizes));

    private static IReadOnlyList<ShapeError> Errors(params LayerDeclaration[] layers) => NetworkCompiler.Check(layers);

    private static int[] Places(params LayerDeclaration[] layers) => Errors(layers).Select(e => e.Layer).ToArray();

    private static NetworkShape Sound(params LayerDeclaration[] layers)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(layers);
        Assert.Empty(errors);
        return network;
    }

    private static ShapeError AssertOutOfRange(string? argument, int place, params LayerDeclaration[] layers)
    {
        ShapeError error = Assert.Single(Errors(layers));
        Assert.Equal(("BPG011", place, argument), (error.Id, error.Layer, error.Argument));
        return error;
    }

    private static void AssertOrder(int place, string message, params LayerDeclaration[] layers) => AssertError("BPG013", place, message, layers);

    private static void AssertError(string id, int place, string message, params LayerDeclaration[] layers)
    {
        ShapeError error = Assert.Single(Errors(layers));
        Assert.Equal((id, place, message), (error.Id, error.Layer, error.Message));
    }
}
