using System.Diagnostics;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// One sample has code of its own where the network is not large. The JIT makes instructions of a method's calls until it has too many
/// locals, and from there on the method takes ten times as long: no width may come near.
/// </summary>
public sealed class OneSampleTests(ITestOutputHelper output)
{
    private const int Turns = 200, Calls = 20;

    private static readonly (int Width, int Depth)[] Shapes =
        [(13, 4), (15, 2), (16, 3), (16, 4), (17, 2), (17, 4), (20, 3), (23, 2), (24, 2), (24, 3), (31, 2), (32, 2), (33, 2), (40, 1), (48, 1), (64, 1), (33, 3), (63, 3), (100, 1), (127, 2)];

    [Fact]
    public void A_step_with_one_sample_takes_less_time_than_one_with_eight()
    {
        EmittedAssembly assembly = EmittedAssembly.Of([.. Shapes.Select(shape => (string[])
        [
            .. Enumerable.Range(1, shape.Depth).SelectMany(layer => layer < shape.Depth ? new[] { $"Affine({shape.Width}, {shape.Width})", "Relu" } : [$"Affine({shape.Width}, {shape.Width})"]),
            "MseLoss",
            "Sgd(0.0001f)",
        ])]);
        for (int i = 0; i < assembly.Count; i++)
        {
            EmittedNetwork network = assembly.Create(i);
            double one = Fastest(network, 1), eight = Fastest(network, 8);
            output.WriteLine($"{network.Description}: one {one:F0} ns, eight {eight:F0} ns");
            Assert.True(one < eight, $"{network.Description}: a step with one sample takes {one:F0} ns, with eight {eight:F0}.");
        }
    }

    // What else the machine does only adds to it: the fastest of many turns.
    private static double Fastest(EmittedNetwork network, int samples)
    {
        Batch batch = Batch.Of(network, samples, seed: samples);
        return Enumerable.Range(0, Turns).Min(_ =>
        {
            long started = Stopwatch.GetTimestamp();
            for (int call = 0; call < Calls; call++)
            {
                batch.TrainStep(network);
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Calls;
        });
    }
}
