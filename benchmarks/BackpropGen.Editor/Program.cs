using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.Editor;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

// What generator and analyzer take while one types: a project of 1,000 files and 100 networks, edited as an editor edits it. Times are in
// milliseconds, of an edit the median and the worst; "Roslyn alone" is a generator that finds nothing. Exit code 1 where a limit is not held.
const int Runs = 5, Warmup = 20, Edits = 60;
const double FirstLimit = 2000;
bool held = true;

Console.WriteLine(FormattableString.Invariant($"{SyntheticProject.Files} files, {SyntheticProject.Networks} networks; milliseconds\n"));

// The compiler is warm where anybody types; what is ours is not, the first time.
CSharpCompilation compilation = SyntheticProject.Create();
Driver(new NothingGenerator()).RunGenerators(compilation);
compilation.GetDiagnostics();

var first = new List<double>();
var busy = new List<double>();
for (int run = 0; run < Runs; run++)
{
    CSharpCompilation fresh = SyntheticProject.Create();
    GeneratorDriver driver = Driver(new NetworkGenerator());
    TimeSpan before = Environment.CpuUsage.TotalTime;
    first.Add(Time(() => driver = driver.RunGenerators(fresh)));
    busy.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    if (driver.GetRunResult().GeneratedTrees.Length != SyntheticProject.Networks)
    {
        throw new InvalidOperationException("The generator did not emit every network.");
    }
}

Row("", "limit", "generator", "worst", "Roslyn alone", "analyzer");
Row("first run, our code just loaded", "", Text(first[0]), "", "", "");
Row("  its processor time", "", Text(busy[0]), "", "", "");
Row("first run", Text(FirstLimit), Text(Verdict(Median(first.Skip(1)), FirstLimit)), Text(first.Skip(1).Max()), "", "");
Row("  its processor time", "", Text(Median(busy.Skip(1))), Text(busy.Skip(1).Max()), "", "");
foreach (Keystroke keystroke in Keystroke.All)
{
    await TypeAsync(keystroke);
}

return held ? 0 : 1;

async Task TypeAsync(Keystroke keystroke)
{
    Compilation now = SyntheticProject.Create();
    GeneratorDriver ours = Driver(new NetworkGenerator()).RunGenerators(now);
    GeneratorDriver nothing = Driver(new NothingGenerator()).RunGenerators(now);
    var generator = new List<double>();
    var alone = new List<double>();
    var analyzer = new List<double>();
    for (int edit = 0; edit < Warmup + Edits; edit++)
    {
        (string before, string after) = edit % 2 == 0 ? (keystroke.Before, keystroke.After) : (keystroke.After, keystroke.Before);
        now = SyntheticProject.Edit(now, keystroke.File, before, after);
        double timed = Time(() => ours = ours.RunGenerators(now));
        double timedAlone = Time(() => nothing = nothing.RunGenerators(now));
        double analyzed = await AnalyzeAsync(now, keystroke.File);
        if (edit >= Warmup)
        {
            generator.Add(timed);
            alone.Add(timedAlone);
            analyzer.Add(analyzed);
        }
    }

    Row(
        keystroke.Name, keystroke.Limit is { } limit ? Text(limit) : "", Text(Verdict(Median(generator), keystroke.Limit)),
        Text(generator.Max()), Text(Median(alone)), Text(Median(analyzer)));
}

// As an editor asks while one types: the edited file, and what our analyzer took by Roslyn's own watch.
static async Task<double> AnalyzeAsync(Compilation compilation, int file)
{
    var options = new CompilationWithAnalyzersOptions(
        new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
    var analyzer = new NetworkAnalyzer();
    var analysis = new CompilationWithAnalyzers(compilation, [analyzer], options);
    SemanticModel model = compilation.GetSemanticModel(compilation.SyntaxTrees.ElementAt(file));
    await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, default);
    return (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, default)).ExecutionTime.TotalMilliseconds;
}

static GeneratorDriver Driver(IIncrementalGenerator generator) =>
    CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: SyntheticProject.Language);

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

static double Median(IEnumerable<double> times)
{
    double[] sorted = [.. times.Order()];
    return sorted[sorted.Length / 2];
}

double Verdict(double time, double? limit)
{
    held &= limit is null || time < limit;
    return time;
}

static string Text(double time) => time.ToString(time < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);

static void Row(string name, params string[] cells) => Console.WriteLine(name.PadRight(36) + string.Concat(cells.Select(cell => cell.PadLeft(14))));
