using System;
using System.Collections.Generic;
using BackpropGen.Data;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>All that a report says, and nothing of how it looks. Immutable.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Run">What was trained, on what. Its network is not looked at any more.</param>
/// <param name="Result">The history, and why it ended.</param>
/// <param name="Losses">The loss of the steps; empty where the training was not watched.</param>
/// <param name="Network">The network after the training.</param>
/// <param name="Classification">How it classifies; null where it does not, or without examples.</param>
/// <param name="Regression">How well it predicts; null where it does not, or without examples.</param>
/// <param name="Options">What was asked for.</param>
internal sealed record ReportModel(
    string Title,
    TrainingRun Run,
    TrainingResult Result,
    IReadOnlyList<LossPiece> Losses,
    NetworkSummary Network,
    ClassificationFindings? Classification,
    RegressionFindings? Regression,
    ReportOptions Options)
{
    /// <summary>Examines the network as it is now, and leaves it as it was.</summary>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    public static ReportModel Of(TrainingRun run, TrainingResult result, IReadOnlyList<LossPiece> losses, ReportOptions options)
    {
        options.Check(run.Network);
        var layout = ScoreLayout.Of(run.Network);
        var network = NetworkSummary.Of(run.Network, options.Examples);
        return new ReportModel(
            options.Title ?? network.Name,
            run,
            result,
            losses,
            network,
            layout is not null && options.Examples is { } examples ? ClassificationFindings.Of(run.Network, layout, examples, options) : null,
            layout is null && options.Examples is TargetExamples targets ? RegressionFindings.Of(run.Network, targets, options) : null,
            options);
    }
}
