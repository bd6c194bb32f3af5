using System;
using System.Collections.Generic;
using BackpropGen.Data;

namespace BackpropGen.Reporting;

/// <summary>What a report is to hold beside the training's course, all of it optional. Immutable.</summary>
public sealed record ReportOptions
{
    /// <summary>The heading; by default the network's class.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// What the trained network is examined on: predictions, mistakes and gradients come from these. The validation examples, as a rule; null
    /// for a report without them.
    /// </summary>
    public Examples? Examples { get; init; }

    /// <summary>What the classes are called, by index; by default what the examples call them, otherwise their numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>What the input's values are called, by index; null where they have no names.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>How an input is a picture; null where it is none.</summary>
    public ImageLayout? Image { get; init; }

    /// <summary>What the outputs of a regression mean, by index; by default their numbers, as the network gives them.</summary>
    public IReadOnlyList<OutputScale>? Outputs { get; init; }

    /// <summary>How many of the worst mistakes are shown, in [0, 100].</summary>
    public int Mistakes { get; init; } = 24;

    /// <summary>The seed of the training; null where the report need not say it.</summary>
    public int? Seed { get; init; }

    /// <summary>What is wrong with the options for a network.</summary>
    /// <exception cref="ArgumentException">They do not fit the network, or one another; the message says which, and what was expected.</exception>
    internal void Check(INetwork network)
    {
        if (Mistakes is < 0 or > 100)
        {
            throw new ArgumentException(FormattableString.Invariant($"A report with {Mistakes} of the worst mistakes; expected 0 to 100."));
        }

        Image?.Check(network.InputSize);
        if (InputNames is not null && InputNames.Count != network.InputSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{InputNames.Count} names for the input's values, but the network takes {network.InputSize}."));
        }

        if (Outputs is not null)
        {
            if (Outputs.Count != network.OutputSize)
            {
                throw new ArgumentException(FormattableString.Invariant($"{Outputs.Count} output scales, but the network gives {network.OutputSize} values."));
            }

            foreach (OutputScale output in Outputs)
            {
                output.Check();
            }
        }

        CheckNames(network);
        CheckExamples(network);
    }

    private void CheckExamples(INetwork network)
    {
        if (Examples is null)
        {
            return;
        }

        if (Examples.Count == 0)
        {
            throw new ArgumentException("The report's examples are none; expected at least one, or null for a report without examples.");
        }

        if (Examples.InputSize != network.InputSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The report's examples have {Examples.InputSize} input values each, but the network takes {network.InputSize}."));
        }

        if (Examples is TargetExamples targets && (network is not ITargetTrainable || targets.TargetSize != network.OutputSize))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The report's examples have {targets.TargetSize} target values each; expected a network with a loss that compares them with as many outputs, but it gives {network.OutputSize}."));
        }

        if (Examples is LabelExamples labels)
        {
            CheckLabels(network, labels);
        }
    }

    private static void CheckLabels(INetwork network, LabelExamples labels)
    {
        var layout = ScoreLayout.Of(network);
        if (network is not ILabelTrainable || layout is null)
        {
            throw new ArgumentException("The report's examples have labels; expected a network with a loss that takes labels: [CrossEntropyLoss] or [NllLoss].");
        }

        if (layout.Positions != labels.TargetSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The report's examples have {labels.TargetSize} labels each, but the network tells {layout.Classes} classes apart at {layout.Positions} position(s)."));
        }

        for (int i = 0; i < labels.Count; i++)
        {
            foreach (int label in labels.Target(i))
            {
                if ((uint)label >= (uint)layout.Classes)
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"The label of the report's example {i} is {label}; expected a class in [0, {layout.Classes})."));
                }
            }
        }
    }

    private void CheckNames(INetwork network)
    {
        IReadOnlyList<string>? names = ClassNames ?? (Examples as LabelExamples)?.ClassNames;
        if (names is not null && ScoreLayout.Of(network) is { } layout && names.Count != layout.Classes)
        {
            throw new ArgumentException(FormattableString.Invariant($"{names.Count} names of classes, but the network tells {layout.Classes} apart."));
        }
    }
}
