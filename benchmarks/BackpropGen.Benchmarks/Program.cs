using System;
using BackpropGen.Benchmarks;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["accuracy", .. string[] rest]:
        Accuracy.Run(rest);
        return 0;
    case ["speed", .. string[] rest]:
        BenchmarkSwitcher.FromTypes([typeof(SpeedBenchmarks)]).Run(["--filter", "*", .. rest]);
        return 0;
    default:
        Console.Error.WriteLine("usage: accuracy [function|all] [stride] | speed [BenchmarkDotNet's options]");
        return 1;
}
