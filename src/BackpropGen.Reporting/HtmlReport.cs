using System;
using System.IO;
using System.Text;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>
/// A report on a training as one HTML file that needs nothing beside it: curves, confusion matrix, worst mistakes, histograms, the network's
/// summary and diagram. As an observer it follows a training and writes at the end, however that came; <see cref="Write"/> makes one afterwards.
/// </summary>
/// <remarks>
/// What does not fit together is told before the first step. At the end the network is examined on the examples of the options:
/// its parameters, buffers, gradients and optimizer state are afterwards as they were.
/// </remarks>
public sealed class HtmlReport : TrainingObserver
{
    private readonly LossTrace losses = new();
    private readonly ReportOptions options;
    private TrainingRun? run;

    /// <summary>A report that will be written when the training ends.</summary>
    /// <param name="path">Where to; its folder must be there when the training starts. A file there is replaced, whole or not at all.</param>
    /// <param name="options">What it is to hold; by default the course of the training and the network alone.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public HtmlReport(string path, ReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        this.options = options ?? new ReportOptions();
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>Writes a report on a training that is over.</summary>
    /// <param name="path">Where to; its folder must be there. A file there is replaced, whole or not at all.</param>
    /// <param name="run">What was trained; its network as it is now.</param>
    /// <param name="result">How it went.</param>
    /// <param name="options">What it is to hold; by default the course of the training and the network alone.</param>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TrainingRun run, TrainingResult result, ReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(result);
        WriteFile(path, ReportModel.Of(run, result, [], options ?? new ReportOptions()));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    /// <exception cref="DirectoryNotFoundException">The report's folder is not there.</exception>
    public override void Started(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        options.Check(run.Network);
        string folder = System.IO.Path.GetDirectoryName(Path) ?? Path;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The report is to be written to '{Path}', but there is no folder '{folder}'; make it first.");
        }

        this.run = run;
    }

    /// <inheritdoc/>
    public override void StepEnded(in StepProgress progress) => losses.Add(progress.Loss);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void Ended(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (run is null)
        {
            throw new InvalidOperationException("The training ended, but the report was not told that it started.");
        }

        WriteFile(Path, ReportModel.Of(run, result, losses.ToPieces(), options));
    }

    private static void WriteFile(string path, ReportModel model)
    {
        byte[] page = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(ReportPage.Write(model));
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
