using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using BackpropGen.Training;
using Spectre.Console;

namespace BackpropGen.Reporting;

/// <summary>
/// Shows a training in the terminal: a table with a line for each epoch, and below it a bar for the present one, the loss as it went,
/// samples per second and the time that is left. Where there is no terminal, a plain line for each epoch.
/// </summary>
/// <remarks>
/// Colours are left out where the environment says <c>NO_COLOR</c>. The terminal is written to ten times a second at most, and what a step costs
/// between is a few nanoseconds and no allocation. The cursor stays visible and no mode of the terminal is changed: ending the program in
/// the middle leaves it usable.
/// </remarks>
public sealed class TerminalProgress : TrainingObserver
{
    private const int MostLosses = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly IAnsiConsole console;
    private readonly bool live;
    private readonly StepPace pace = new(Interval);
    private readonly List<double> losses = [];
    private LiveLines? lines;
    private TrainingRun? run;
    private EpochTable? table;
    private double lossSum;
    private long stepsSeen;
    private int stepsInEpoch;
    private int samplesAtFirst;
    private long started;
    private long epochStarted;

    /// <summary>Progress on the standard output, live where that is a terminal.</summary>
    public TerminalProgress()
        : this(AnsiConsole.Console)
    {
    }

    /// <summary>Progress on a console of one's own.</summary>
    /// <param name="console">Live where it is interactive, takes ANSI sequences and writes to a terminal.</param>
    public TerminalProgress(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        this.console = console;
        live = console.Profile.Capabilities is { Ansi: true, Interactive: true } && console.Profile.Out.IsTerminal;
    }

    private bool Unicode => console.Profile.Capabilities.Unicode;

    private int Width => Math.Max(console.Profile.Width - 1, 20);

    /// <inheritdoc/>
    public override void Started(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        this.run = run;
        table = null;
        losses.Clear();
        stepsSeen = 0;
        started = Stopwatch.GetTimestamp();
        lines = live ? new LiveLines(console) : null;
        BeginEpoch();
        string validation = run.ValidationCount > 0 ? FormattableString.Invariant($", {run.ValidationCount:N0} to validate") : "";
        string from = run.FirstEpoch > 1 ? FormattableString.Invariant($", from epoch {run.FirstEpoch:N0}") : "";
        Line(
            FormattableString.Invariant($"{run.Network.GetType().Name}: {run.Network.Parameters.Length:N0} parameters, {run.TrainingCount:N0} examples{validation}, {run.Epochs:N0} epochs{from}"),
            Style.Plain);
    }

    /// <inheritdoc/>
    public override void StepEnded(in StepProgress progress)
    {
        lossSum += progress.Loss;
        if (stepsInEpoch++ == 0)
        {
            samplesAtFirst = progress.Samples;
        }

        if (live && pace.IsDue())
        {
            Show(progress);
        }
    }

    /// <inheritdoc/>
    public override void EpochEnded(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Remember(epoch.TrainingLoss);
        stepsSeen += stepsInEpoch;
        if (!live)
        {
            Line(Plain(epoch), Style.Plain);
        }
        else
        {
            lines?.Clear();
            if (table is null)
            {
                table = new EpochTable(run!, epoch, Width);
                Line(table.Head, new Style(decoration: Decoration.Dim));
            }

            Line(table.Row(epoch, Unicode), epoch.IsBest ? new Style(Color.Green) : Style.Plain);
        }

        BeginEpoch();
    }

    /// <inheritdoc/>
    public override void Ended(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        lines?.Clear();
        string reason = result.Reason switch
        {
            StopReason.Completed => "Done",
            StopReason.StoppedEarly => "Stopped early",
            StopReason.Cancelled => "Cancelled",
            _ => "Diverged",
        };
        string best = result.BestEpoch is { } epoch
            ? FormattableString.Invariant($"; best epoch {epoch.Number:N0}, ") + (epoch.ValidationLoss is { } loss ? "validation loss " + Numbers.Short(loss) : "loss " + Numbers.Short(epoch.TrainingLoss))
            : "";
        Style style = result.Reason == StopReason.Diverged ? new Style(Color.Red) : new Style(decoration: Decoration.Bold);
        Line(reason + " in " + Numbers.Duration(Stopwatch.GetElapsedTime(started)) + best + ".", style);
        if (result.Divergence is { } divergence)
        {
            Line(divergence.Message, Style.Plain);
        }
    }

    private void BeginEpoch()
    {
        lossSum = 0;
        stepsInEpoch = 0;
        epochStarted = Stopwatch.GetTimestamp();
        pace.Reset();
    }

    private void Show(in StepProgress progress)
    {
        double seconds = Stopwatch.GetElapsedTime(epochStarted).TotalSeconds;
        double rate = (progress.Samples - samplesAtFirst) / seconds;
        long done = stepsSeen + stepsInEpoch, left = (long)(run!.Epochs - progress.Epoch + 1) * progress.Steps - progress.Step;
        TimeSpan remaining = Stopwatch.GetElapsedTime(started) * (left / (double)done);
        string epoch = FormattableString.Invariant($"epoch {progress.Epoch:N0}/{run.Epochs:N0} ");
        string share = FormattableString.Invariant($" {100.0 * progress.Step / progress.Steps,3:0} %");
        int bar = Math.Clamp(Width - epoch.Length - share.Length, 4, 50);
        string figures = "loss " + Numbers.Short(lossSum / stepsInEpoch)
            + (rate > 0 ? "  " + Numbers.Count(rate) + " samples/s" : "")
            + "  " + Numbers.Duration(remaining) + " left";
        var shown = new List<(string, Style)>
        {
            (Fit(epoch + Bar(progress.Step, progress.Steps, bar) + share), new Style(Color.Blue)),
            (Fit(figures), Style.Plain),
        };
        if (losses.Count > 1)
        {
            string name = "loss by epoch ";
            shown.Add((Fit(name + Sparkline.Of(losses, Math.Min(Width - name.Length, 60), Unicode)), new Style(decoration: Decoration.Dim)));
        }

        lines!.Show([.. shown]);
    }

    private string Bar(int done, int of, int width)
    {
        int full = (int)((long)width * done / of);
        return new string(Unicode ? '━' : '#', full) + new string(Unicode ? '─' : '-', width - full);
    }

    private string Plain(EpochResult epoch)
    {
        string validation = epoch.ValidationLoss is { } loss ? ", validation loss " + Numbers.Short(loss) : "";
        string metrics = string.Concat(epoch.Metrics.Select(m => ", " + m.Name + " " + Numbers.Short(m.Value)));
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Number}/{run!.Epochs}: loss {Numbers.Short(epoch.TrainingLoss)}{validation}{metrics}, rate {Numbers.Short(epoch.LearningRate)}, ")
            + Numbers.Count(epoch.SamplesPerSecond) + " samples/s, " + Numbers.Duration(epoch.Duration) + (epoch.IsBest ? ", best so far" : "");
    }

    private void Remember(double loss)
    {
        if (losses.Count == MostLosses)
        {
            losses.RemoveAt(0);
        }

        losses.Add(loss);
    }

    private string Fit(string text) => Html.Shorten(text, Width);

    /// <summary>A whole line; where there is no terminal, nothing breaks it.</summary>
    private void Line(string text, Style style)
    {
        if (live)
        {
            console.Write(new Text(text + "\n", style));
        }
        else
        {
            console.Profile.Out.Writer.WriteLine(text);
        }
    }
}
