using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training.Tests.Training;
using Xunit;

namespace BackpropGen.Training.Tests.Reporting;

public class ReportPageTests
{
    private static readonly string[] Inks = ["ink", "soft", "accent", "bad"], Papers = ["paper", "raised"];

    private static string Page(ITrainable network, TrainingResult result, ReportOptions? options = null, IReadOnlyList<LossPiece>? losses = null) =>
        ReportPage.Write(ReportModel.Of(Histories.Run(network), result, losses ?? [], options ?? new ReportOptions()));

    private static ReportOptions Shapes(params string[] names) => new()
    {
        Examples = new LabelExamples(Sets.Values(60 * 16, 1), 16, Sets.Labels(60, 3, 2)),
        ClassNames = names.Length == 0 ? null : names,
    };

    /// <summary>Every picture is XML on its own; and what holds in each report holds here.</summary>
    private static IReadOnlyList<XElement> Check(string page)
    {
        IReadOnlyList<XElement> pictures = [.. Regex.Matches(page, "<svg .*?</svg>", RegexOptions.Singleline).Select(m => XElement.Parse(m.Value))];
        Assert.All(pictures, p =>
        {
            Assert.Equal("img", p.Attribute("role")?.Value);
            Assert.NotEqual("", p.Element("title")?.Value);
            Assert.NotEqual("", p.Element("desc")?.Value);
            Assert.DoesNotContain(p.DescendantsAndSelf().Attributes(), a => a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞', StringComparison.Ordinal));
        });
        string[] ids = [.. Regex.Matches(page, " id=\"([^\"]*)\"").Select(m => m.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(page, "href=\"#([^\"]*)\"").Select(m => m.Groups[1].Value), target => Assert.Contains(target, ids));
        foreach (string forbidden in new[] { "<script", " style=", "http://", "https://", "@import", "url(", "javascript:", " onload", " onclick" })
        {
            Assert.DoesNotContain(forbidden, page, StringComparison.OrdinalIgnoreCase);
        }

        return pictures;
    }

    [Fact]
    public void The_policy_allows_the_style_sheet_in_it_and_nothing_that_is_loaded()
    {
        string page = Page(new ShapeNet(), Histories.Result(Histories.Falling(10)), Shapes());

        Check(page);
        string style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"default-src 'none'; style-src 'sha256-{hash}'; img-src data:", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Any_number_of_epochs_gives_a_page_of_bounded_size(int epochs)
    {
        string page = Page(new ShapeNet(), Histories.Result(Histories.Falling(epochs)), Shapes());

        Check(page);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 700_000);
    }

    [Fact]
    public void Without_validation_metrics_examples_or_even_an_epoch_there_is_a_page()
    {
        Check(Page(new ShapeNet(), Histories.Result(Histories.Falling(5, validated: false))));
        Check(Page(new ShapeNet(), Histories.Result([Histories.Epoch(1, 0.5)])));
        string none = Page(new ShapeNet(), Histories.Result([], StopReason.Cancelled));

        Check(none);
        Assert.Contains("No epoch was completed", none, StringComparison.Ordinal);
        Assert.Contains("Cancelled after 0 epochs", none, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_that_are_no_numbers_are_marked_and_said()
    {
        EpochResult[] history = [Histories.Epoch(1, 1, 2), Histories.Epoch(2, double.NaN, double.PositiveInfinity), Histories.Epoch(3, 0.5, 1.5), Histories.Epoch(4, double.NaN, double.NaN)];

        string page = Page(new ShapeNet(), Histories.Result(history, StopReason.Diverged), losses: [new(1, 1, 1, 1), new(2, float.NaN, float.NaN, float.NaN), new(3, 1, 1, 1)]);

        Assert.Contains(Check(page).Descendants(), e => e.Name == "title" && e.Value == "validation: ∞ at 2");
        Assert.Contains("Diverged", page, StringComparison.Ordinal);
        Check(Page(new ShapeNet(), Histories.Result([Histories.Epoch(1, double.NaN, double.NaN)], StopReason.Diverged)));
    }

    [Fact]
    public void Parameters_that_are_no_numbers_are_counted()
    {
        var network = new ShapeNet();
        network.HiddenWeights.Fill(float.NaN);
        network.Affine2Bias[0] = float.PositiveInfinity;

        string page = Page(network, Histories.Result(Histories.Falling(3)), Shapes());

        Check(page);
        Assert.Contains("192 not finite", page, StringComparison.Ordinal);
        Assert.Contains("no finite value", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_names_hold_they_stay_text()
    {
        const string Hostile = "</title></svg><script>alert('\"&')</script>";
        string page = Page(
            new ShapeNet(),
            Histories.Result(Histories.Falling(3, metric: Hostile)),
            Shapes(Hostile, "Δέλτα 数字 هندسة", "a\0b\u202Ec") with { Title = Hostile });

        IReadOnlyList<XElement> pictures = Check(page);
        Assert.Contains(pictures.Descendants("text"), t => t.Value.StartsWith("Δέλτα 数字", StringComparison.Ordinal));
        Assert.DoesNotContain('\0', page);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_classes_and_a_thousand_fit()
    {
        var two = new ReportOptions { Examples = new LabelExamples(Sets.Values(40, 1), 2, Sets.Labels(20, 2, 2)) };
        var thousand = new ReportOptions { Examples = new LabelExamples(Sets.Values(20_000, 1), 4, Sets.Labels(5000, 1000, 2)) };

        Check(Page(new YesOrNoNet(), Histories.Result(Histories.Falling(3)), two));
        string page = Page(new ThousandNet(), Histories.Result(Histories.Falling(3)), thousand);

        Check(page);
        Assert.Contains("Of 1,000 classes the 24 with the most mistakes", page, StringComparison.Ordinal);
        Assert.Contains("976 others", page, StringComparison.Ordinal);
        Assert.Contains("frozen", page, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 700_000);
    }

    [Fact]
    public void The_summary_says_what_was_declared_and_how_it_was_trained()
    {
        string page = Page(new PriceNet(), Histories.Result(Histories.Falling(7)), new ReportOptions { Seed = 42, Title = "Prices" });

        string text = Regex.Replace(page, "<[^>]*>", "|");
        foreach (string expected in new[] { "Prices", "Sgd(0.05, Momentum = 0.9)", PriceNet.Fingerprint, "4 → 2", "8, 2, Layout = OutIn", "Affine2Weights", "2 × 8", "|42|", "58" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_is_written_alike_in_every_country()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        TrainingResult result = Histories.Result(Histories.Falling(7));
        var network = new ShapeNet();
        string expected = Page(network, result, Shapes());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-CH") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(expected, Page(network, result, Shapes()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Contrast is (L₁ + 0.05) / (L₂ + 0.05) of relative luminances: W3C, "Web Content Accessibility Guidelines 2.2".</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_ink_is_readable_on_its_paper_in_both_themes(int theme)
    {
        string page = Page(new YesOrNoNet(), Histories.Result([]));
        Dictionary<string, double> luminance = Regex.Matches(page, @"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")
            .ToDictionary(m => m.Groups[1].Value, m => Luminance(m.Groups[2 + theme].Value));
        var pairs = new List<(string Ink, string Paper, double Least)>();
        pairs.AddRange(from ink in Inks from paper in Papers select (ink, paper, 4.5));
        pairs.AddRange(Enumerable.Range(1, ConfusionChart.Shades - 1).Select(h => (h <= 5 ? "on-pale" : "on-strong", $"h{h}", 4.5)));
        // What is drawn and not read: 3.
        pairs.Add(("edge", "paper", 3));

        Assert.All(pairs, p =>
        {
            (double a, double b) = (luminance[p.Ink], luminance[p.Paper]);
            Assert.True((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) >= p.Least, $"{p.Ink} on {p.Paper}: {(Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05):0.00}, expected {p.Least}");
        });
    }

    private static double Luminance(string colour)
    {
        double[] linear = [.. Enumerable.Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
