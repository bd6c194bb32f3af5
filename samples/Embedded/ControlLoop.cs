using System;
using System.Diagnostics;
using Samples;

namespace Embedded;

/// <summary>A thousand control steps a second of simulated time, as fast as they go.</summary>
internal sealed class ControlLoop
{
    /// <summary>A control period, in seconds.</summary>
    public const double Period = 0.001;

    /// <summary>What the hand holds in the second half, in kg.</summary>
    public const double Load = 1;

    private readonly int _steps;
    private readonly Controller _controller;
    private readonly Arm _arm = new(Choreography.At(0));
    private int _step;

    /// <param name="steps">In all; the hand takes its load in the middle.</param>
    /// <param name="learns">Whether the network takes part.</param>
    public ControlLoop(int steps, bool learns)
    {
        _steps = steps;
        _controller = new Controller(learns);
        Latencies = new Latencies(steps);
    }

    /// <summary>Of the controller: both calls of a step, and not of the simulated arm.</summary>
    public Latencies Latencies { get; }

    /// <summary>Simulated, in seconds.</summary>
    public double Time => _step * Period;

    /// <summary>Goes on up to a step.</summary>
    /// <returns>The error of the angles, root of the mean square, in degrees.</returns>
    public double RunTo(int end)
    {
        double squares = 0;
        int start = _step;
        for (; _step < end; _step++)
        {
            _arm.Load = _step < _steps / 2 ? 0 : Load;
            Motion wanted = Choreography.At(Time);
            Joints error = wanted.Angle - _arm.Angle;
            squares += error.Shoulder * error.Shoulder + error.Elbow * error.Elbow;

            long started = Stopwatch.GetTimestamp();
            Joints torque = _controller.Torque(wanted, _arm);
            long decided = Stopwatch.GetTimestamp() - started;

            Motion seen = _arm.Move(torque, Period);

            started = Stopwatch.GetTimestamp();
            _controller.Learn(seen, torque);
            Latencies.Add(decided + Stopwatch.GetTimestamp() - started);
        }

        return Math.Sqrt(squares / (2.0 * (end - start))) * 180 / Math.PI;
    }
}
