using BenchmarkDotNet.Attributes;

namespace BackpropGen.Benchmarks;

/// <summary>One step of gradient descent, on the case's batch.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Toy))]
[GenericTypeArguments(typeof(Control))]
[GenericTypeArguments(typeof(Digits))]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(Wide))]
public class TrainingStep<TCase>
    where TCase : struct, INetworkCase
{
    private readonly Contest<TCase> _contest = new();

    [GlobalSetup]
    public void RequireAgreement() => _contest.RequireAgreement();

    [Benchmark(Baseline = true)]
    public float BackpropGen() => _contest.TrainStep();

    [Benchmark]
    public float Naive() => _contest.Naive.TrainStep(_contest.Input, _contest.Targets, _contest.Labels);

    [Benchmark]
    public float TensorPrimitives() => _contest.TensorPrimitives.TrainStep(_contest.Input, _contest.Targets, _contest.Labels);

    [Benchmark(Description = "Vector<T>")]
    public float Vectors() => _contest.Vectors.TrainStep(_contest.Input, _contest.Targets, _contest.Labels);
}
