using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>
/// A report as one HTML file. It loads nothing and runs nothing: its policy allows its own style sheet, by its hash, and pictures that stand
/// in it. The switch between light and dark is a choice of radio buttons that the style sheet looks at.
/// </summary>
internal static class ReportPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>The file's text.</summary>
    public static string Write(ReportModel model)
    {
        (string Id, string Name, string Content)[] sections =
        [
            .. new (string, string, string)[]
            {
                ("learning", "Learning", LearningSection.Write(model)),
                ("mistakes", "Mistakes", MistakesSection.Write(model)),
                ("network", "Network", NetworkSection.Write(model)),
                ("weights", "Weights", WeightsSection.Write(model)),
                ("setup", "Setup", SetupSection.Write(model)),
            }.Where(s => s.Item3.Length > 0),
        ];
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        string links = string.Concat(sections.Select(s => $"<a href=\"#{s.Id}\">{s.Name}</a>"));
        string body = string.Concat(sections.Select(s => $"<section id=\"{s.Id}\" aria-labelledby=\"{s.Id}-h\">\n<h2 id=\"{s.Id}-h\">{s.Name}</h2>\n{s.Content}</section>\n"));
        string title = Html.Escape(model.Title);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="BackpropGen.Reporting">
            <link rel="icon" href="data:,">
            <title>{title} – training report</title>
            <style>{Style}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            <div class="bar"><nav aria-label="Sections">{links}</nav>{Switch()}</div>
            <main id="main">
            <header>
            <p class="over">Training report</p>
            <h1 dir="auto">{title}</h1>
            {Verdict.Write(model)}
            </header>
            {KeyFigures(model)}
            {body}</main>
            <footer><p>Written by BackpropGen.Reporting. This file is complete: it loads nothing and runs no script.</p></footer>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Switch()
    {
        (string Id, string Name)[] themes = [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")];
        return "<fieldset class=\"switch\"><legend>Colours</legend>" + string.Concat(themes.Select((t, i) =>
            $"<input type=\"radio\" name=\"theme\" id=\"theme-{t.Id}\"{(i == 0 ? " checked" : "")}><label for=\"theme-{t.Id}\">{t.Name}</label>")) + "</fieldset>";
    }

    private static string KeyFigures(ReportModel model)
    {
        var figures = new List<(string Name, string Value, string Note)>();
        if (model.Result.BestEpoch is { } best)
        {
            figures.Add((best.ValidationLoss is null ? "Training loss" : "Validation loss", Numbers.Short(best.ValidationLoss ?? best.TrainingLoss, 3), $"in epoch {Numbers.Count(best.Number)}, the best"));
            figures.AddRange(best.Metrics.Take(2).Select(m => (LearningSection.Capital(m.Name), Numbers.Short(m.Value, 3), $"in epoch {Numbers.Count(best.Number)}")));
        }

        bool measured = model.Result.BestEpoch?.Metrics.Count > 0;
        if (!measured && model.Classification is { } classification)
        {
            figures.Add(("Right", Numbers.Percent(classification.Matrix.Accuracy), $"of {Numbers.Count(classification.Matrix.Total)} examined"));
        }

        if (!measured && model.Regression is { Outputs: [var only] })
        {
            figures.Add(("R²", Numbers.Short(only.Determination, 3), $"on {Numbers.Count(model.Regression.Total)} examples"));
        }

        double seconds = model.Result.History.Sum(e => e.Duration.TotalSeconds);
        if (seconds > 0)
        {
            figures.Add(("Time in steps", Numbers.Duration(TimeSpan.FromSeconds(seconds)), Numbers.Count(model.Result.History.Sum(e => (double)e.Samples) / seconds) + " samples/s"));
        }

        figures.Add(("Parameters", Numbers.Count(model.Network.ParameterCount), $"in {Numbers.Count(model.Network.Tensors.Count)} tensors"));
        return "<dl class=\"figures\">" + string.Concat(figures.Select(f =>
            $"<div><dt dir=\"auto\">{Html.Escape(f.Name)}</dt><dd class=\"value\">{f.Value}</dd><dd>{f.Note}</dd></div>")) + "</dl>";
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
