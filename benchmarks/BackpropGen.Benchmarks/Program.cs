using System;
using BackpropGen.Benchmarks;
using BackpropGen.Comparison;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["accuracy", .. string[] rest]:
        Accuracy.Run(rest);
        return 0;
    case ["speed", .. string[] rest]:
        // Wherever it stands: the other options are BenchmarkDotNet's.
        int write = Array.IndexOf(rest, "--write");
        if (write < 0)
        {
            Console.WriteLine("\n" + Speed(rest));
            return 0;
        }

        if (write + 1 == rest.Length)
        {
            Console.Error.WriteLine("--write needs a file: --write README.md");
            return 1;
        }

        // Before the measuring: a section that is missing is said at once.
        var section = new MarkdownSection(rest[write + 1], "speed");
        section.Write(Speed([.. rest[..write], .. rest[(write + 2)..]]));
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
        Console.Error.WriteLine("usage: accuracy [function|all] [stride] | speed [--write README.md] [BenchmarkDotNet's options] | agreement");
        return 1;
}

static string Speed(string[] options)
{
    string[] filter = Array.Exists(options, option => option is "--filter" or "-f") ? [] : ["--filter", "*"];
    Summary[] summaries = [.. BenchmarkSwitcher.FromTypes([typeof(Inference<>), typeof(TrainingStep<>)]).Run([.. filter, .. options])];
    return summaries.Length == 0 ? "Nothing was measured." : SpeedTable.Markdown(summaries);
}
