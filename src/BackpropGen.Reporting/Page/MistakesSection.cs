using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>What the network gets wrong, on the examples that it was examined on.</summary>
internal static class MistakesSection
{
    private const int MostClassRows = 50, MostConfusions = 12, MostScatters = 6, MostValues = 12, MostMarked = 5;

    /// <summary>HTML; empty without examples.</summary>
    public static string Write(ReportModel model) =>
        model.Classification is { } classification ? Classes(model, classification)
        : model.Regression is { } regression ? Values(model, regression)
        : "";

    private static string Classes(ReportModel model, ClassificationFindings findings)
    {
        var extract = ConfusionExtract.Of(findings);
        string note = "Rows are the right classes, columns what the network says. The shade is the share of the row, by its square root: rare mistakes are seen beside what is right."
            + (extract.LeftOut > 0 ? $" Of {Numbers.Count(findings.Classes)} classes the {extract.Names.Count - 1} with the most mistakes; the others are taken together." : "");
        string matrix = findings.Classes <= 12
            ? Figure.Fluid("Confusion matrix", note, width => ConfusionChart.Draw(extract, width), widest: false)
            : Figure.Scrolled("Confusion matrix", note, ConfusionChart.Draw(extract, 720));
        IReadOnlyList<Confusion> confusions = findings.Confusions(MostConfusions);
        string pairs = confusions.Count == 0
            ? "<p>No example was taken for another class.</p>\n"
            : "<h3>Most frequent confusions</h3>\n" + Table.Write(
                "Most frequent confusions",
                ["<Right class", "<Taken for", "Count", "Share of the class"],
                confusions.Select(c => (IReadOnlyList<string>)[findings.ClassNames[c.True], findings.ClassNames[c.Predicted], Numbers.Count(c.Count), Numbers.Percent(c.Share)]));
        return $"<div class=\"{(findings.Classes <= 12 ? "split" : "stack")}\">{matrix}<div>{pairs}</div></div>\n" + PerClass(findings) + Worst(model, findings);
    }

    private static string PerClass(ClassificationFindings findings)
    {
        IEnumerable<int> classes = Enumerable.Range(0, findings.Classes);
        string summary = "Precision and recall of every class";
        if (findings.Classes > MostClassRows)
        {
            classes = classes.Where(c => findings.Support(c) > 0).OrderBy(findings.Matrix.Recall).Take(MostClassRows);
            summary = $"Precision and recall of the {MostClassRows} classes with the least recall";
        }

        return Table.Folded(
            summary,
            ["<Class", "Examples", "Found", "Precision", "Recall"],
            classes.Select(c => (IReadOnlyList<string>)
            [
                findings.ClassNames[c],
                Numbers.Count(findings.Support(c)),
                Numbers.Count(findings.Matrix[c, c]),
                Numbers.Percent(findings.Matrix.Precision(c)),
                Numbers.Percent(findings.Matrix.Recall(c)),
            ]));
    }

    private static string Worst(ReportModel model, ClassificationFindings findings)
    {
        if (findings.Mistakes.Count == 0)
        {
            return "";
        }

        string intro = "<h3>Worst mistakes</h3>\n<p class=\"note\">Those in which the network gave the right class the least probability. The numbers are those of the examples.</p>\n";
        if (model.Options.Image is not { } image)
        {
            return intro + Table.Write(
                "Worst mistakes",
                ["Example", "<Right class", "Its probability", "<Taken for", "Its probability", "<Input, as the network gets it"],
                findings.Mistakes.Select(m => (IReadOnlyList<string>)
                [
                    Number(m, findings), findings.ClassNames[m.True], Share(m.TrueProbability), findings.ClassNames[m.Predicted], Share(m.PredictedProbability), Input(model, m.Input),
                ]));
        }

        return intro + "<ul class=\"gallery\">" + string.Concat(findings.Mistakes.Select(m =>
        {
            string right = Html.Escape(findings.ClassNames[m.True]), taken = Html.Escape(findings.ClassNames[m.Predicted]), number = Number(m, findings);
            string picture = Convert.ToBase64String(PngImage.Encode(m.Input.ToArray(), image));
            return $"<li><img src=\"data:image/png;base64,{picture}\" width=\"96\" height=\"{Math.Clamp(96 * image.Height / image.Width, 1, 192)}\" alt=\"Example {number}: {right}, taken for {taken}\">"
                + $"<p><b dir=\"auto\">{taken}</b> {Share(m.PredictedProbability)}</p><p>is <b dir=\"auto\">{right}</b> {Share(m.TrueProbability)}</p><p class=\"number\">no. {number}</p></li>\n";
        })) + "</ul>\n";
    }

    private static string Values(ReportModel model, RegressionFindings findings)
    {
        string scatters = string.Concat(findings.Outputs.Take(MostScatters).Select((output, i) => Figure.Fluid(
            findings.OutputCount == 1 ? "Predicted over true" : output.Scale.Label,
            findings.OutputCount == 1 ? output.Scale.Label + "; on the diagonal the two are equal. Rings: the largest errors." : "Predicted over true.",
            width => ScatterChart.Draw(output, [.. findings.Mistakes.Where(m => m.Output == i).Take(MostMarked)], width, width * 0.92),
            widest: false)));
        string errors = string.Concat(findings.Outputs.Take(MostScatters).Where(o => o.Errors.Counts.Count > 0).Select(output => Figure.Plain(
            findings.OutputCount == 1 ? "Errors" : $"Errors: {output.Scale.Label}", "Predicted minus true.", HistogramChart.Draw(output.Errors, $"Errors of {output.Scale.Label}", 400, 160))));
        string left = findings.OutputCount > findings.Outputs.Count ? $"<p class=\"note\">The first {findings.Outputs.Count} of {Numbers.Count(findings.OutputCount)} outputs.</p>\n" : "";
        string table = Table.Write(
            "Errors per output",
            ["<Output", "Root mean square", "Mean absolute", "R²"],
            findings.Outputs.Select(o => (IReadOnlyList<string>)[o.Scale.Label, Numbers.Short(o.RootMeanSquare), Numbers.Short(o.MeanAbsolute), Numbers.Short(o.Determination)]));
        return left + $"<div class=\"{(findings.OutputCount == 1 ? "split" : "grid")}\">{scatters}{errors}</div>\n<h3>Errors per output</h3>\n{table}" + Worst(model, findings);
    }

    private static string Worst(ReportModel model, RegressionFindings findings) => findings.Mistakes.Count == 0 ? "" :
        "<h3>Largest errors</h3>\n" + Table.Write(
            "Largest errors",
            ["<Output", "Example", "True", "Predicted", "Error", "<Input, as the network gets it"],
            findings.Mistakes.Select(m => (IReadOnlyList<string>)
            [
                findings.Outputs[m.Output].Scale.Label, Numbers.Count(m.Example), Numbers.Short(m.True), Numbers.Short(m.Predicted), Signed(m.Error), Input(model, m.Input),
            ]));

    private static string Number(LabelMistake mistake, ClassificationFindings findings) =>
        Numbers.Count(mistake.Example) + (findings.Positions > 1 ? ", position " + Numbers.Count(mistake.Position) : "");

    private static string Share(double probability) => probability is > 0 and < 0.0005 ? "<0.1 %" : Numbers.Percent(probability);

    private static string Signed(double error) => (error > 0 ? "+" : "") + Numbers.Short(error);

    /// <summary>An input's first values, by name where they have names.</summary>
    private static string Input(ReportModel model, IReadOnlyList<float> input) =>
        string.Join(", ", input.Take(MostValues).Select((v, i) => (model.Options.InputNames is { } names ? names[i] + " " : "") + Numbers.Short(v)))
        + (input.Count > MostValues ? $", … ({Numbers.Count(input.Count)} values)" : "");
}
