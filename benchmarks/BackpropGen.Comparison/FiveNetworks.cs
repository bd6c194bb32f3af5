using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>The networks of the README's table: from one that fits into registers to one that fits into a second-level cache.</summary>
internal static class FiveNetworks
{
    private static readonly (NetworkSpec Network, int TrainingBatch)[] All =
    [
        (new([3, 2], Activation.Relu, Activation.Sigmoid, Loss.Mse), 1),
        (new([8, 16, 16, 2], Activation.Tanh, Activation.Tanh, Loss.Mse), 1),
        (new([64, 32, 10], Activation.Relu, Activation.Linear, Loss.CrossEntropy), 32),
        (new([784, 128, 10], Activation.Relu, Activation.Linear, Loss.CrossEntropy), 64),
        (new([256, 256, 256, 10], Activation.Relu, Activation.Linear, Loss.CrossEntropy), 128),
    ];

    public static IReadOnlyList<NetworkSpec> Networks { get; } = [.. All.Select(n => n.Network)];

    /// <summary>One sample forward and one training step of each.</summary>
    public static IReadOnlyList<Workload> Workloads { get; } =
        [.. All.SelectMany(n => new Workload[] { new(n.Network, Phase.Infer, 1), new(n.Network, Phase.Train, n.TrainingBatch) })];
}
