using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Training;

/// <summary>
/// Finds out why a training diverged. A step has spoilt the parameters before its loss is known, so the steps since the last snapshot are
/// taken again, one by one, which gives the same bits; before the first of them that goes wrong the network is as it was, and is left so.
/// </summary>
/// <param name="plan">The training.</param>
/// <param name="batchStep">Takes its steps.</param>
/// <param name="start">The network some steps ago.</param>
/// <param name="prepare">Sets the learning rate of a step, and gives its batch.</param>
internal sealed class DivergenceSearch(TrainingPlan plan, BatchStep batchStep, Snapshot start, Func<int, int[]> prepare)
{
    /// <summary>What a process found, in numbers that can be summed.</summary>
    private const int Found = 5;

    private const string Advice = "Try a lower learning rate, a warm-up, clipping (Clipping = GradientClipping.ByNorm(1)), or inputs and targets of a mean near 0 and a deviation near 1.";

    private readonly ITrainable network = plan.Network;

    /// <summary>Goes over the steps again.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step whose loss was not finite, from 1; 0 where it was the validation.</param>
    /// <param name="loss">That loss.</param>
    public Divergence Run(int epoch, int step, double loss)
    {
        start.Restore();
        var before = new Snapshot(network);
        int end = step == 0 ? plan.StepsPerEpoch : step;
        for (int s = start.Step; s < end; s++)
        {
            int[] batch = prepare(s);
            before.Take(s);
            double stepLoss = batchStep.Take(batch, default);
            int spoilt = NonFinite.IndexIn(network.Parameters);
            if (spoilt < 0 && double.IsFinite(stepLoss))
            {
                continue;
            }

            float value = spoilt < 0 ? 0 : network.Parameters[spoilt];
            before.Restore();
            Finding first = Agree(Find(batchStep.Share(batch), spoilt, value));
            before.Restore();
            return Describe(epoch, s + 1, stepLoss, first);
        }

        return Describe(epoch, 0, loss, new Finding(DivergenceCause.Validation, -1, -1, -1, loss));
    }

    private Finding Find(ReadOnlySpan<int> share, int spoilt, float spoiltValue)
    {
        Batch batch = plan.Training;
        batch.Gather(share);
        int input = NonFinite.IndexIn(batch.Inputs);
        if (input >= 0)
        {
            return new Finding(DivergenceCause.Input, -1, share[input / network.InputSize], input % network.InputSize, batch.Inputs[input]);
        }

        int target = batch.FindNonFiniteTarget();
        if (target >= 0)
        {
            return new Finding(DivergenceCause.Target, -1, share[target / network.OutputSize], target % network.OutputSize, double.NaN);
        }

        int parameter = NonFinite.IndexIn(network.Parameters);
        if (parameter >= 0)
        {
            return new Finding(DivergenceCause.Parameter, parameter, -1, -1, network.Parameters[parameter]);
        }

        if (!share.IsEmpty)
        {
            batch.Backward();

            // The backward pass goes from the last layer to the first.
            for (int i = network.Tensors.Count - 1; i >= 0; i--)
            {
                NetworkTensor tensor = network.Tensors[i];
                int index = NonFinite.IndexIn(network.Gradients.Slice(tensor.Offset, tensor.Length));
                if (index >= 0)
                {
                    return new Finding(DivergenceCause.Gradient, tensor.Offset + index, -1, -1, network.Gradients[tensor.Offset + index]);
                }
            }
        }

        return spoilt >= 0 ? new Finding(DivergenceCause.Update, spoilt, -1, -1, spoiltValue) : new Finding(DivergenceCause.Loss, -1, -1, -1, 0);
    }

    // Of what the processes found, the first in the order of the causes: the same everywhere.
    private Finding Agree(
        Finding own)
    {
        if (plan.Collective is not { } collective)
        {
            return own;
        }

        // A sum carries no NaN from one process to the other: 2 stands for it, and the sign for an infinity.
        var all = new double[Found * collective.Size];
        Span<double> mine = all.AsSpan(Found * collective.Rank, Found);
        mine[0] = (int)own.Cause;
        mine[1] = own.Parameter;
        mine[2] = own.Example;
        mine[3] = own.Column;
        mine[4] = double.IsNaN(own.Value) ? 2 : Math.Sign(own.Value);
        collective.Sum(all.AsSpan());
        ReadOnlySpan<double> first = all.AsSpan(0, Found);
        for (int rank = 1; rank < collective.Size; rank++)
        {
            ReadOnlySpan<double> other = all.AsSpan(Found * rank, Found);
            first = other[0] < first[0] ? other : first;
        }

        return new Finding((DivergenceCause)(int)first[0], (int)first[1], (int)first[2], (int)first[3], first[4] == 2 ? double.NaN : first[4] / 0.0);
    }

    private Divergence Describe(int epoch, int step, double loss, Finding first)
    {
        NetworkTensor? tensor = first.Parameter < 0 ? null : TensorAt(network.Tensors, first.Parameter);
        int index = tensor is null ? first.Column : first.Parameter - tensor.Offset;
        string value = NonFinite.InWords(first.Value);
        string place = tensor is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0}, index {1}, is {2}", tensor, index, value);
        string when = step == 0
            ? string.Format(CultureInfo.InvariantCulture, "The validation loss is {0} after epoch {1}", NonFinite.InWords(loss), epoch)
            : string.Format(
                CultureInfo.InvariantCulture,
                "The loss {0} at step {1} of {2} of epoch {3} (learning rate {4})",
                double.IsFinite(loss) ? string.Format(CultureInfo.InvariantCulture, "is {0:G6}, the last finite one,", loss) : "is " + NonFinite.InWords(loss),
                step,
                plan.StepsPerEpoch,
                epoch,
                network.LearningRate);
        string why = first.Cause switch
        {
            DivergenceCause.Input => string.Format(CultureInfo.InvariantCulture, "input column {0} of training example {1} is {2}. Leave ChecksExamples on, and mend or drop the example.", first.Column, first.Example, value),
            DivergenceCause.Target => string.Format(CultureInfo.InvariantCulture, "target column {0} of training example {1} is not finite. Leave ChecksExamples on, and mend or drop the example.", first.Column, first.Example),
            DivergenceCause.Parameter => $"the parameter {place} before the step; somebody else wrote it.",
            DivergenceCause.Gradient => $"parameters and examples are finite, and the gradient of {place}, the first on the way back from the loss. {Advice}",
            DivergenceCause.Update => $"the gradients are finite, and the parameter {place} after the step. {Advice}",
            DivergenceCause.Loss => $"parameters, examples and gradients are finite, and the loss is beyond what a float holds. {Advice}",
            _ => "all steps were finite, and so are the parameters: the validation examples lead beyond what a float holds, or are not finite themselves.",
        };
        string left = step == 0 ? "The network is as it was after the epoch's last step." : "The network is as it was before that step.";
        return new Divergence(first.Cause, epoch, step, loss, tensor, index, first.Example, $"{when}: {why} {left}");
    }

    private static NetworkTensor? TensorAt(IReadOnlyList<NetworkTensor> tensors, int parameter)
    {
        foreach (NetworkTensor tensor in tensors)
        {
            if (parameter < tensor.Offset + tensor.Length)
            {
                return tensor;
            }
        }

        return null;
    }

    /// <param name="Cause">Where it was found.</param>
    /// <param name="Parameter">The parameter's index among all; -1 where it is none.</param>
    /// <param name="Example">The example; -1 where it is none.</param>
    /// <param name="Column">The example's column.</param>
    /// <param name="Value">What was found there.</param>
    private readonly record struct Finding(DivergenceCause Cause, int Parameter, int Example, int Column, double Value);
}
