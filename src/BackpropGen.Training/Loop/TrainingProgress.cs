using System;
using System.Collections.Generic;

namespace BackpropGen.Training;

/// <summary>How far a training is: with the network, all that must be known to go on with it.</summary>
internal sealed class TrainingProgress
{
    /// <summary>Epochs completed, validation and all.</summary>
    public int Epoch { get; set; }

    /// <summary>Steps done in the epoch under way; all of them where only its validation is missing.</summary>
    public int Step { get; set; }

    /// <summary>The losses of these steps, each times its batch's weight.</summary>
    public double LossSum { get; set; }

    /// <summary>What these steps took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>The network's learning rate before the first step.</summary>
    public double BaseRate { get; set; }

    /// <summary>The best epoch's score.</summary>
    public double BestScore { get; set; }

    /// <summary>The best epoch's number; 0 before there is one.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Epochs since then.</summary>
    public int Waited { get; set; }

    /// <summary>What the schedule remembers.</summary>
    public double[] ScheduleState { get; init; } = [];

    /// <summary>The best epoch's parameters; null where they are not kept, or before there is one.</summary>
    public float[]? BestParameters { get; set; }

    /// <summary>The best epoch's buffers; null where <see cref="BestParameters"/> is.</summary>
    public float[]? BestBuffers { get; set; }

    /// <summary>Every epoch that was completed.</summary>
    public List<EpochResult> History { get; } = [];
}
