using System;
using BackpropGen.Data;

namespace BackpropGen.Reporting;

/// <summary>The gradient of the loss on some examples, with the network left as it was found.</summary>
internal static class GradientProbe
{
    private const int MostExamples = 256;

    /// <summary>dL/dparameter on the examples, or on 256 of them that are spread evenly.</summary>
    public static float[] Take(ITrainable network, Examples examples, out int count)
    {
        count = Math.Min(examples.Count, MostExamples);
        var chosen = new int[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = (int)((long)i * examples.Count / count);
        }

        var inputs = new float[count * network.InputSize];
        examples.CopyInputs(chosen, inputs);
        float[] gradients = network.Gradients.ToArray(), buffers = network.Buffers.ToArray();
        switch (network, examples)
        {
            case (ILabelTrainable classifier, LabelExamples labelled):
                var labels = new int[count * labelled.TargetSize];
                labelled.CopyTargets(chosen, labels);
                classifier.Backward(inputs, labels);
                break;
            case (ITargetTrainable regression, TargetExamples targeted):
                var targets = new float[count * targeted.TargetSize];
                targeted.CopyTargets(chosen, targets);
                regression.Backward(inputs, network is IDeclaredLoss { ReadsTarget: false } ? default : targets.AsSpan());
                break;
            default:
                throw new ArgumentException("The examples do not fit the network's loss.", nameof(examples));
        }

        float[] taken = network.Gradients.ToArray();
        gradients.CopyTo(network.Gradients);
        buffers.CopyTo(network.Buffers);
        return taken;
    }
}
