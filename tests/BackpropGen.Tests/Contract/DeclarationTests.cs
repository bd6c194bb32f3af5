using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Xunit;
using Dense = BackpropGen.AffineAttribute;

namespace BackpropGen.Tests.Contract
{
    /// <summary>Where a network may be declared, and how: every class here has to compile and to compute.</summary>
    public sealed partial class DeclarationTests
    {
        [Fact]
        public void No_constructor_is_added()
        {
            Assert.Single(typeof(Primary).GetConstructors());
            Assert.Single(typeof(OwnConstructor).GetConstructors());
            var primary = new Primary(3, "three");
            Assert.Equal((3, "three"), (primary.Count, primary.Title));
            AssertRuns(primary.Forward, new TinyForm().Forward);
        }

        [Fact]
        public void Storage_is_there_in_the_users_own_constructor()
        {
            var net = new OwnConstructor(0.75f);
            Assert.All(net.Parameters.ToArray(), p => Assert.Equal(0.75f, p));
            Assert.Equal(5, net.CountInConstructor);
            Assert.Equal(0.75f, new OwnConstructor().Parameters[0]);
        }

        [Fact]
        public void The_class_may_have_a_base_class_and_interfaces()
        {
            var net = new Derived("base") { Note = "note" };
            Assert.Equal(("base", "note"), (net.Title, net.Note));
            AssertRuns(net.Forward, new TinyForm().Forward);
            net.Dispose();
            Assert.True(net.IsDisposed);
            Derived replica = net.CreateReplica();
            Assert.Equal("base", replica.Title);
        }

        [Fact]
        public void A_network_may_derive_from_an_abstract_class_that_is_no_network()
        {
            Assert.Equal(nameof(Derived), new Derived("x").Kind());
        }

        [Fact]
        public void A_network_may_be_nested_in_classes_structs_records_and_interfaces()
        {
            AssertRuns(new InClass().Forward, new TinyForm().Forward);
            AssertRuns(new OuterClass.Net().Forward, new TinyForm().Forward);
            AssertRuns(new OuterStruct.Net().Forward, new TinyForm().Forward);
            AssertRuns(new OuterRecord.Net().Forward, new TinyForm().Forward);
            AssertRuns(new OuterRecordStruct.Net().Forward, new TinyForm().Forward);
            AssertRuns(new IOuter.Net().Forward, new TinyForm().Forward);
            AssertRuns(new OuterStatic.Middle.Net().Forward, new TinyForm().Forward);
        }

        [Fact]
        public void Networks_of_one_name_in_several_places_are_several_networks()
        {
            // A call through one leaves the others alone, though all are called Net.
            var one = new OuterClass.Net();
            var two = new OuterStruct.Net();
            one.Parameters.Clear();
            Assert.NotEqual(0, two.Parameters[0]);
            Assert.Equal(5, OuterClass.Net.ParameterCount);
            Assert.Equal(5, OuterRecord.Net.ParameterCount);
        }

        [Fact]
        public void Attributes_count_in_the_order_in_which_they_are_written_within_one_list_and_across_lists()
        {
            var form = new TinyForm();
            AssertRuns(new OneList().Forward, form.Forward);
            AssertRuns(new SeveralLists().Forward, form.Forward);
            AssertRuns(new ForeignBetween().Forward, form.Forward);
            AssertRuns(new WrittenInFull().Forward, form.Forward);
            AssertRuns(new Aliased().Forward, form.Forward);
            AssertRuns(new Constants().Forward, form.Forward);

            // And another order is another network.
            float[] y = new float[1];
            float[] z = new float[1];
            form.Forward([3, -3], y);
            new OtherOrder().Forward([3, -3], z);
            Assert.NotEqual(y[0], z[0]);
        }

        [Fact]
        public void The_network_may_be_a_part_of_several()
        {
            var net = new InParts();
            AssertRuns(net.Forward, new TinyForm().Forward);
            Assert.Equal(5 * sizeof(float), net.SizeInBytes);
        }

        [Fact]
        public void Without_a_namespace_and_with_a_name_that_is_a_keyword()
        {
            AssertRuns(new global::NetworkWithoutNamespace().Forward, new TinyForm().Forward);
            AssertRuns(new @event().Forward, new TinyForm().Forward);
            Assert.Equal(2, new @event().classWeights.Length);
        }

        [Fact]
        public void A_public_class_is_public()
        {
            Assert.True(typeof(PublicNet).IsPublic);
            Assert.True(typeof(TinyForm).IsNotPublic);
            AssertRuns(new PublicNet().Forward, new TinyForm().Forward);
        }

        [Fact]
        public void Members_of_the_users_may_use_those_that_are_generated()
        {
            var net = new Helpful();
            float before = net.Loss([1, 2], [0.5f]);
            Assert.True(net.Fit([1, 2], [0.5f], 50) < before);
            Assert.Equal(net.Parameters.ToArray().Sum(p => p * p), net.SquaredNorm(), 1e-6f);
        }

        [Fact]
        public void The_users_names_do_not_disturb_the_arithmetic()
        {
            AssertRuns(new Disturbing.Net().Forward, new TinyForm().Forward);
            AssertRuns(new Disturbing.System.Math().Forward, new TinyForm().Forward);
        }

        private static void AssertRuns(ForwardCall net, ForwardCall expected)
        {
            float[] x = Numbers.Values(2 * 9);
            var y = new float[9];
            var z = new float[9];
            net(x, y);
            expected(x, z);
            Numbers.AssertClose(z, y);
            Assert.NotEqual(0, y[0]);
        }

        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        [Identity]
        private sealed partial class InClass;
    }

    // All of these are the same small network: affine, hyperbolic tangent, affine, five parameters.
    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class TinyForm;

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class Primary(int count, string title)
    {
        public int Count { get; } = count;

        public string Title => title;
    }

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    [MseLoss]
    [Adam]
    internal sealed partial class OwnConstructor
    {
        public OwnConstructor(float value = 0.75f)
        {
            Parameters.Fill(value);
            CountInConstructor = Parameters.Length;
        }

        public int CountInConstructor { get; }
    }

    internal abstract class Titled(string title)
    {
        public string Title { get; } = title;

        public abstract string Kind();
    }

    internal interface INoted
    {
        string? Note { get; }
    }

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class Derived(string title) : Titled(title), INoted, IDisposable
    {
        public string? Note { get; init; }

        public bool IsDisposed { get; private set; }

        public override string Kind() => nameof(Derived);

        public void Dispose() => IsDisposed = true;
    }

    internal sealed partial class OuterClass
    {
        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        internal sealed partial class Net;
    }

    internal partial struct OuterStruct
    {
        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        internal sealed partial class Net;
    }

    internal sealed partial record OuterRecord(int Number)
    {
        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        internal sealed partial class Net;
    }

    internal readonly partial record struct OuterRecordStruct(int Number)
    {
        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        internal sealed partial class Net;
    }

    internal partial interface IOuter
    {
        [Affine(2, 1)]
        [Tanh]
        [Affine(1, 1)]
        internal sealed partial class Net;
    }

    internal static partial class OuterStatic
    {
        internal abstract partial class Middle
        {
            [Affine(2, 1)]
            [Tanh]
            [Affine(1, 1)]
            internal sealed partial class Net;
        }
    }

    [Affine(2, 1), Tanh, Affine(1, 1)]
    internal sealed partial class OneList;

    [Affine(2, 1), Tanh]
    [Affine(1, 1)]
    internal sealed partial class SeveralLists;

    [DebuggerDisplay("a network")]
    [Affine(2, 1), ExcludeFromCodeCoverage, Tanh]
    [Foreign.Relu]
    [Foreign.Affine(9, 9), Affine(1, 1)]
    [Foreign.Sigmoid]
    internal sealed partial class ForeignBetween;

    [global::BackpropGen.AffineAttribute(2, 1)]
    [BackpropGen.TanhAttribute]
    [BackpropGen.Affine(outputs: 1, inputs: 1, Bias = true)]
    internal sealed partial class WrittenInFull;

    [Dense(2, 1)]
    [Tanh]
    [Dense(1, 1)]
    internal sealed partial class Aliased;

    [Affine(Inputs, Inputs - 1)]
    [Tanh]
    [Affine(1, (int)One, Bias = One == 1)]
    internal sealed partial class Constants
    {
        private const int Inputs = 1 + 1;
        private const long One = 1L;
    }

    [Input(2)]
    [Tanh]
    [Affine(2, 1)]
    [Affine(1, 1)]
    internal sealed partial class OtherOrder;

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class InParts;

    internal sealed partial class InParts
    {
        public int SizeInBytes => sizeof(float) * Parameters.Length;
    }

    [Affine(2, 1, Name = "class")]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class @event;

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    public partial class PublicNet;

    [Affine(2, 3)]
    [Tanh]
    [Affine(3, 1)]
    [MseLoss]
    [Sgd(0.1f)]
    internal sealed partial class Helpful
    {
        public float Fit(float[] input, float[] target, int steps)
        {
            float loss = 0;
            for (int i = 0; i < steps; i++)
            {
                loss = TrainStep(input, target);
            }

            return loss;
        }

        public float SquaredNorm()
        {
            float sum = 0;
            foreach (float p in Parameters)
            {
                sum += p * p;
            }

            return sum;
        }
    }
}

namespace BackpropGen.Tests.Contract.Foreign
{
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class ReluAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class SigmoidAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class AffineAttribute(int inputs, int outputs) : Attribute
    {
        public int Inputs { get; } = inputs;

        public int Outputs { get; } = outputs;
    }
}

// Names that generated code would stumble over if it wrote them short.
namespace BackpropGen.Tests.Contract.Disturbing
{
    internal static class Unsafe;

    internal static class MemoryMarshal;

    internal static class Span;

    internal static class NetworkMemory;

    internal static class VectorMath;

    internal static class Guard;

    internal static class Floats;

    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class Net
    {
        public string? Math { get; init; }

        public int Samples { get; init; }
    }
}

namespace BackpropGen.Tests.Contract.Disturbing.System
{
    [Affine(2, 1)]
    [Tanh]
    [Affine(1, 1)]
    internal sealed partial class Math;
}

[BackpropGen.Affine(2, 1)]
[BackpropGen.Tanh]
[BackpropGen.Affine(1, 1)]
internal sealed partial class NetworkWithoutNamespace;
