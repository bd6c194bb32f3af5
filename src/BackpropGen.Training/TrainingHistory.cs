using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace BackpropGen.Training;

/// <summary>
/// A training's history as CSV (RFC 4180, invariant culture, every number to the last bit): a row per epoch with epoch, learning rate,
/// training loss, validation loss (empty without validation), each metric, seconds, samples per second, samples, and 1 for each epoch that
/// was the best so far.
/// </summary>
public static class TrainingHistory
{
    private static readonly string[] Before = ["epoch", "learning rate", "training loss", "validation loss"];
    private static readonly string[] After = ["seconds", "samples per second", "samples", "best"];

    /// <summary>Writes a history to a file, whole or not at all, as <see cref="AtomicFile"/> does it.</summary>
    /// <param name="history">The epochs, all with the same metrics.</param>
    /// <param name="path">Where to; a file there is replaced.</param>
    /// <exception cref="ArgumentException">Two epochs have different metrics.</exception>
    /// <exception cref="IOException">The file cannot be written. The old one is there.</exception>
    public static void WriteCsv(IReadOnlyList<EpochResult> history, string path)
    {
        string text = ToCsv(history);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A history as CSV, lines ended by a line feed.</summary>
    /// <param name="history">The epochs, all with the same metrics.</param>
    /// <exception cref="ArgumentException">Two epochs have different metrics.</exception>
    public static string ToCsv(IReadOnlyList<EpochResult> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        string[] metrics = history.Count == 0 ? [] : [.. history[0].Metrics.Select(m => m.Name)];
        var text = new StringBuilder();
        text.AppendJoin(',', Before.Concat(metrics).Concat(After).Select(Quote)).Append('\n');
        foreach (EpochResult epoch in history)
        {
            if (!epoch.Metrics.Select(m => m.Name).SequenceEqual(metrics))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Epoch {epoch.Number} has the metrics {string.Join(", ", epoch.Metrics.Select(m => m.Name))}; the first has {string.Join(", ", metrics)}."), nameof(history));
            }

            IEnumerable<string> cells =
            [
                Text(epoch.Number),
                epoch.LearningRate.ToString(CultureInfo.InvariantCulture),
                Text(epoch.TrainingLoss),
                epoch.ValidationLoss is { } loss ? Text(loss) : string.Empty,
                .. epoch.Metrics.Select(m => Text(m.Value)),
                Text(epoch.Duration.TotalSeconds),
                Text(epoch.SamplesPerSecond),
                Text(epoch.Samples),
                epoch.IsBest ? "1" : "0",
            ];
            text.AppendJoin(',', cells).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="WriteCsv"/> wrote.</summary>
    /// <param name="path">Where the file is.</param>
    /// <exception cref="FormatException">The text is no history; the message says the line and what was found.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<EpochResult> ReadCsv(string path) => FromCsv(File.ReadAllText(path));

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no history; the message says the line and what was found.</exception>
    public static IReadOnlyList<EpochResult> FromCsv(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<List<string>> rows = Rows(text);
        List<string> header = rows.Count > 0 ? rows[0] : [];
        int metrics = header.Count - Before.Length - After.Length;
        if (metrics < 0 || !header.Take(Before.Length).SequenceEqual(Before) || !header.Skip(Before.Length + metrics).SequenceEqual(After))
        {
            throw new FormatException($"Line 1 of the history is '{string.Join(",", header)}'; expected {string.Join(",", Before)}, the metrics, {string.Join(",", After)}.");
        }

        var history = new List<EpochResult>();
        for (int r = 1; r < rows.Count; r++)
        {
            List<string> row = rows[r];
            if (row.Count != header.Count)
            {
                throw new FormatException(FormattableString.Invariant($"Line {r + 1} of the history has {row.Count} cells; expected {header.Count}."));
            }

            double Cell(int column) => double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new FormatException(FormattableString.Invariant($"Line {r + 1} of the history, column '{header[column]}': found '{row[column]}', expected a number."));

            int after = Before.Length + metrics;
            history.Add(new EpochResult(
                (int)Cell(0),
                (float)Cell(1),
                Cell(2),
                row[3].Length == 0 ? null : Cell(3),
                [.. Enumerable.Range(Before.Length, metrics).Select(c => new MetricValue(header[c], Cell(c)))],
                TimeSpan.FromTicks((long)Math.Round(Cell(after) * TimeSpan.TicksPerSecond)),
                (int)Cell(after + 2),
                Cell(after + 3) != 0));
        }

        return history;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static List<List<string>> Rows(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                // A quote within quotes is written twice.
                if (isQuoted && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (isQuoted || (c != ',' && c != '\n' && c != '\r'))
            {
                cell.Append(c);
            }
            else if (c != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString());
            rows.Add(row);
        }

        return rows;
    }
}
