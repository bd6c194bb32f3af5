using System;
using System.IO;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public partial class ScalingStorageTests
{
    [Affine(3, 2)]
    [MseLoss]
    [Sgd(0.1f)]
    internal sealed partial class SmallNet;

    private static SafetensorsFile Written(Action<SafetensorsWriter> add)
    {
        var writer = new SafetensorsWriter();
        add(writer);
        var stream = new MemoryStream();
        writer.Write(stream);
        stream.Position = 0;
        return SafetensorsFile.Read(stream);
    }

    [Fact]
    public void A_scaling_is_kept_with_the_weights()
    {
        var net = new SmallNet();
        net.Initialize(5);
        var inputs = new Scaling([1, 0.1f, -3e30f], [4, 5e-20f, 6]);
        var targets = new Scaling([7, 8], [9, 10]);

        SafetensorsFile file = Written(writer =>
        {
            Weights.AddTo(writer, net);
            inputs.AddTo(writer, "inputs");
            targets.AddTo(writer, "targets");
        });

        var loaded = new SmallNet();
        Weights.Load(loaded, file);
        Assert.Equal(net.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(inputs.Offsets.ToArray(), Scaling.Load(file, "inputs", SmallNet.InputSize).Offsets.ToArray());
        Assert.Equal(inputs.Scales.ToArray(), Scaling.Load(file, "inputs", SmallNet.InputSize).Scales.ToArray());
        Assert.Equal(targets.Scales.ToArray(), Scaling.Load(file, "targets", SmallNet.OutputSize).Scales.ToArray());
    }

    [Fact]
    public void A_file_without_it_or_with_another_one_is_refused()
    {
        var scaling = new Scaling([0, 0], [1, 1]);

        Assert.Contains("no tensor 'inputs.offset'; expected one of [2]", Refused(writer => scaling.AddTo(writer, "targets"), 2), StringComparison.Ordinal);
        Assert.Contains("expected 'inputs.offset' F32 [3]", Refused(writer => scaling.AddTo(writer, "inputs"), 3), StringComparison.Ordinal);
        Assert.Contains("no tensor 'inputs.scale'", Refused(writer => writer.Add("inputs.offset", new float[2]), 2), StringComparison.Ordinal);
        Assert.Contains("expected 'inputs.offset' F32 [2]", Refused(writer => writer.Add("inputs.offset", new double[2]), 2), StringComparison.Ordinal);
        Assert.Contains("expected 'inputs.scale' F32 [2]", Refused(writer =>
        {
            writer.Add("inputs.offset", new float[2]);
            writer.Add("inputs.scale", new float[2], 1, 2);
        }, 2), StringComparison.Ordinal);
        Assert.Contains("Feature 1 has the offset 0 and the scale 0", Refused(writer =>
        {
            writer.Add("inputs.offset", new float[2]);
            writer.Add("inputs.scale", (float[])[1, 0]);
        }, 2), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Written(writer => Enumerable.Range(0, 2).ToList().ForEach(_ => scaling.AddTo(writer, "inputs"))));

        static string Refused(Action<SafetensorsWriter> add, int size) =>
            Assert.Throws<WeightsFormatException>(() => Scaling.Load(Written(add), "inputs", size)).Message;
    }
}
