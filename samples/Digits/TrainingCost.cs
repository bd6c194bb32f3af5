using System;
using BackpropGen.Training;

namespace Digits;

/// <summary>What the steps of a training take: time, and memory, of which they should take none.</summary>
internal sealed class TrainingCost : TrainingObserver
{
    private double _samples;
    private double _seconds;
    private long _allocatedAtFirst;
    private long _allocatedNow;

    /// <summary>From the first step of each epoch to its last, summed over the epochs.</summary>
    public long AllocatedBytes { get; private set; }

    public double SamplesPerSecond => _samples / _seconds;

    public override void StepEnded(in StepProgress progress)
    {
        _allocatedNow = GC.GetAllocatedBytesForCurrentThread();
        if (progress.Step == 1)
        {
            _allocatedAtFirst = _allocatedNow;
        }
    }

    public override void EpochEnded(EpochResult epoch)
    {
        AllocatedBytes += _allocatedNow - _allocatedAtFirst;
        _samples += epoch.Samples;
        _seconds += epoch.Duration.TotalSeconds;
    }
}
