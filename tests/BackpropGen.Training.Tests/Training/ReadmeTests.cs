using System;
using System.IO;
using System.Threading;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public sealed class ReadmeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_example_of_the_package_is_the_one_that_is_compiled_here()
    {
        string readme = Read("BackpropGen.Training.README.md");
        int start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.EndsWith(example, Read("ReadmeExample.cs"), StringComparison.Ordinal);

        static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).ReplaceLineEndings("\n");
    }

    [Fact]
    public void It_learns_and_leaves_what_it_says()
    {
        TrainingResult result = Inside.Train(folder, CancellationToken.None);
        Assert.InRange(result.BestEpoch!.Metrics[0].Value, 0.9, 1);
        Assert.Equal(result.History.Count, TrainingHistory.ReadCsv(Path.Combine(folder, "inside.csv")).Count);
        Weights.Load(new InsideNet(), Path.Combine(folder, "inside.safetensors"));
        Assert.Equal(result.History.Count, Inside.Train(folder, CancellationToken.None).History.Count);
    }
}
