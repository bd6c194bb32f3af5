using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using BackpropGen.Reporting;
using Spectre.Console;
using Xunit;

namespace BackpropGen.Training.Tests.Reporting;

public class TerminalProgressTests
{
    /// <summary>A terminal that remembers what was written to it.</summary>
    private sealed class Terminal(int width, bool isTerminal = true) : IAnsiConsoleOutput
    {
        public StringWriter Written { get; } = new();

        public TextWriter Writer => Written;

        public bool IsTerminal { get; } = isTerminal;

        public int Width { get; } = width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }

        public IAnsiConsole Console(bool ansi = true, ColorSystemSupport colors = ColorSystemSupport.TrueColor) => AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = colors,
            Out = this,
        });
    }

    private static string Train(Terminal terminal, IAnsiConsole console, int epochs = 3, StopReason reason = StopReason.Completed)
    {
        var progress = new TerminalProgress(console);
        progress.Started(Histories.Run(new ShapeNet(), epochs));
        IReadOnlyList<EpochResult> history = Histories.Falling(epochs);
        foreach (EpochResult epoch in history)
        {
            for (int step = 1; step <= 10; step++)
            {
                progress.StepEnded(new StepProgress(epoch.Number, step, 10, 10 * step, 1, 0.01f));
            }

            progress.EpochEnded(epoch);
        }

        progress.Ended(Histories.Result(history, reason));
        return terminal.Written.ToString();
    }

    /// <summary>What stands on the screen at the end, for the sequences that are used.</summary>
    private static List<string> Screen(string written)
    {
        var lines = new List<StringBuilder> { new() };
        int row = 0, column = 0;
        foreach (Match part in Regex.Matches(written, "\u001b\\[([0-9;]*)([A-Za-z])|\r|\n|."))
        {
            switch (part.Value)
            {
                case "\n":
                    row++;
                    column = 0;
                    while (lines.Count <= row)
                    {
                        lines.Add(new StringBuilder());
                    }

                    break;
                case "\r":
                    column = 0;
                    break;
                case var text when text[0] != '\u001b':
                    lines[row].Length = Math.Max(lines[row].Length, column);
                    lines[row].Remove(column, Math.Min(text.Length, lines[row].Length - column)).Insert(column, text);
                    column += text.Length;
                    break;
                default:
                    Assert.Contains(part.Groups[2].Value, "AJKm", StringComparison.Ordinal);
                    if (part.Groups[2].Value == "A")
                    {
                        row -= int.Parse(part.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                    }
                    else if (part.Groups[2].Value is "J" or "K")
                    {
                        lines[row].Length = Math.Min(lines[row].Length, column);
                        if (part.Groups[2].Value == "J")
                        {
                            lines.RemoveRange(row + 1, lines.Count - row - 1);
                        }
                    }

                    break;
            }
        }

        return [.. lines.Select(l => l.ToString().TrimEnd())];
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void A_terminal_shows_a_table_with_a_line_per_epoch_and_nothing_is_wider_than_it(int width)
    {
        var terminal = new Terminal(width);

        List<string> screen = Screen(Train(terminal, terminal.Console()));

        Assert.Equal(1, screen.Count(l => l.Contains("epoch", StringComparison.Ordinal) && l.Contains("val. loss", StringComparison.Ordinal)));
        Assert.Equal(3, screen.Count(l => l.StartsWith('★')));
        Assert.DoesNotContain(screen, l => l.Contains('━', StringComparison.Ordinal) || l.Contains(" left", StringComparison.Ordinal));
        Assert.Contains(screen, l => l.StartsWith("Done in ", StringComparison.Ordinal));
        Assert.All(screen, l => Assert.InRange(l.Length, 0, width));
    }

    [Fact]
    public void While_it_trains_there_is_a_bar_a_speed_the_time_left_and_a_sparkline()
    {
        var terminal = new Terminal(80);

        string written = Train(terminal, terminal.Console());

        Assert.Matches("epoch 3/3 ━+", written);
        Assert.Matches("loss 1 .* left", written);
        Assert.Contains("loss by epoch █▁", written, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[?25l", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_terminal_each_epoch_is_a_plain_line()
    {
        var terminal = new Terminal(40, isTerminal: false);

        string[] lines = Train(terminal, terminal.Console(), reason: StopReason.StoppedEarly).TrimEnd().Split(Environment.NewLine);

        Assert.Equal(5, lines.Length);
        Assert.StartsWith("ShapeNet: 243 parameters, 100 examples, 20 to validate, 3 epochs", lines[0], StringComparison.Ordinal);
        Assert.Matches("^epoch 2/3: loss 1.009, validation loss 1.15, accuracy 0.55, rate 0.005, 5,000 samples/s, 20 ms, best so far$", lines[2]);
        Assert.StartsWith("Stopped early in ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', string.Concat(lines));
    }

    [Fact]
    public void Without_colours_nothing_is_coloured_and_all_else_stays()
    {
        var terminal = new Terminal(80);

        string written = Train(terminal, terminal.Console(colors: ColorSystemSupport.NoColors));

        Assert.DoesNotMatch("\u001b\\[[0-9;]*(3[0-9]|9[0-7]|38)[;0-9]*m", written);
        Assert.Equal(3, Screen(written).Count(l => l.StartsWith('★')));
    }

    [Fact]
    public void A_step_allocates_nothing_and_writes_ten_times_a_second_at_most()
    {
        var step = new StepProgress(1, 5, 1_000_000, 50, 1, 0.01f);
        long bytes = Allocations.Least(() =>
        {
            var terminal = new Terminal(80);
            var progress = new TerminalProgress(terminal.Console());
            progress.Started(Histories.Run(new ShapeNet(), 3));
            var watch = Stopwatch.StartNew();
            progress.StepEnded(step);
            int before = terminal.Written.GetStringBuilder().Length;
            Assert.NotEqual(0, before);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                progress.StepEnded(step);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

            // A machine that takes a tenth of a second for a thousand steps may have shown something.
            bool shown = watch.Elapsed > TimeSpan.FromMilliseconds(90);
            Assert.True(shown || terminal.Written.GetStringBuilder().Length == before);
            return shown ? 0 : allocated;
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, "▁▅█")]
    [InlineData(new double[] { 5, 5 }, "▁▁")]
    [InlineData(new double[] { 0, double.NaN, 1 }, "▁×█")]
    [InlineData(new double[] { }, "")]
    public void A_sparkline_is_as_high_as_its_values(double[] values, string expected) => Assert.Equal(expected, Sparkline.Of(values, 10, unicode: true));
}
