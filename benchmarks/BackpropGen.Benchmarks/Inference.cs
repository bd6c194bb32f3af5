using BenchmarkDotNet.Attributes;

namespace BackpropGen.Benchmarks;

/// <summary>One sample forward.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Toy))]
[GenericTypeArguments(typeof(Control))]
[GenericTypeArguments(typeof(Digits))]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(Wide))]
public class Inference<TCase>
    where TCase : struct, INetworkCase
{
    private readonly Contest<TCase> _contest = new();

    [GlobalSetup]
    public void RequireAgreement() => _contest.RequireAgreement();

    [Benchmark(Baseline = true)]
    public void BackpropGen() => _contest.Forward();

    [Benchmark]
    public void Naive() => _contest.Naive.Forward(_contest.Sample, _contest.Output);

    [Benchmark]
    public void TensorPrimitives() => _contest.TensorPrimitives.Forward(_contest.Sample, _contest.Output);

    [Benchmark(Description = "Vector<T>")]
    public void Vectors() => _contest.Vectors.Forward(_contest.Sample, _contest.Output);
}
