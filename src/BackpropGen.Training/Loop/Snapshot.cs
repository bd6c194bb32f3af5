using System;

namespace BackpropGen.Training;

/// <summary>A copy of all that a step changes in a network.</summary>
internal sealed class Snapshot(ITrainable network)
{
    private readonly float[] parameters = new float[network.Parameters.Length];
    private readonly float[] state = new float[network.OptimizerState.Length];
    private readonly float[] buffers = new float[network.Buffers.Length];
    private long stepCount;
    private float learningRate;

    /// <summary>The steps of the epoch that were done when it was taken.</summary>
    public int Step { get; private set; }

    public void Take(int step)
    {
        Step = step;
        network.Parameters.CopyTo(parameters);
        network.OptimizerState.CopyTo(state);
        network.Buffers.CopyTo(buffers);
        stepCount = network.StepCount;
        learningRate = network.LearningRate;
    }

    public void Restore()
    {
        parameters.CopyTo(network.Parameters);
        state.CopyTo(network.OptimizerState);
        buffers.CopyTo(network.Buffers);
        network.StepCount = stepCount;
        network.LearningRate = learningRate;
    }
}
