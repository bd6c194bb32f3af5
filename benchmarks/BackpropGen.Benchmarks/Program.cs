using System;
using BackpropGen.Benchmarks;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["accuracy", .. string[] rest]:
        Accuracy.Run(rest);
        return 0;
    case ["speed", .. string[] rest]:
        string[] filter = Array.Exists(rest, option => option is "--filter" or "-f") ? [] : ["--filter", "*"];
        SpeedTable.Print(BenchmarkSwitcher.FromTypes([typeof(Inference<>), typeof(TrainingStep<>)]).Run([.. filter, .. rest]));
        return 0;
    case ["agreement"]:
        new Contest<Toy>().RequireAgreement();
        new Contest<Control>().RequireAgreement();
        new Contest<Digits>().RequireAgreement();
        new Contest<Mnist>().RequireAgreement();
        new Contest<Wide>().RequireAgreement();
        Console.WriteLine("Five networks and their opponents in C# compute the same.");
        return 0;
    default:
        Console.Error.WriteLine("usage: accuracy [function|all] [stride] | speed [BenchmarkDotNet's options] | agreement");
        return 1;
}
