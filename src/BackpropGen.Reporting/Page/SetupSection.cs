using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>How it was trained.</summary>
internal static class SetupSection
{
    /// <summary>HTML.</summary>
    public static string Write(ReportModel model)
    {
        var facts = new List<(string Name, string Value)>
        {
            ("Training examples", Numbers.Count(model.Run.TrainingCount)),
            ("Validation examples", model.Run.ValidationCount == 0 ? "none" : Numbers.Count(model.Run.ValidationCount)),
            ("Batch size", Numbers.Count(model.Run.BatchSize)),
            ("Steps per epoch", Numbers.Count(model.Run.StepsPerEpoch)),
            ("Epochs", $"{Numbers.Count(model.Result.History.Count)} of {Numbers.Count(model.Run.Epochs)}" + (model.Run.FirstEpoch > 1 ? $", resumed at epoch {Numbers.Count(model.Run.FirstEpoch)}" : "")),
            ("Steps taken", Numbers.Count(model.Network.StepCount)),
        };
        if (model.Network.Layers.FirstOrDefault(l => l.Role == LayerRole.Optimizer) is { } optimizer)
        {
            facts.Add(("Optimizer", $"{optimizer.Kind}({optimizer.Arguments})"));
        }

        if (model.Result.History.Count > 0)
        {
            float first = model.Result.History[0].LearningRate, last = model.Result.History[^1].LearningRate;
            facts.Add(("Learning rate", first == last ? Numbers.Short(first) : $"{Numbers.Short(first)} → {Numbers.Short(last)}"));
        }

        if (model.Options.Seed is { } seed)
        {
            facts.Add(("Seed", seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        double seconds = model.Result.History.Sum(e => e.Duration.TotalSeconds);
        if (seconds > 0)
        {
            facts.Add(("Time in steps", Numbers.Duration(TimeSpan.FromSeconds(seconds))));
        }

        if (model.Options.Examples is { } examples)
        {
            facts.Add(("Examined on", Numbers.Count(examples.Count) + " examples"));
        }

        return "<dl class=\"facts\">" + string.Concat(facts.Select(f => $"<div><dt>{f.Name}</dt><dd>{Html.Escape(f.Value)}</dd></div>")) + "</dl>\n";
    }
}
