using System;

namespace OnDevice;

/// <summary>
/// The program of the device: estimates from readings, and where there is a reference reading, the last layer learns from it and from those of the last
/// ten days. Nothing is allocated after construction.
/// </summary>
internal sealed partial class Device
{
    /// <summary>Reference readings that are remembered.</summary>
    public const int Remembered = 40;

    /// <summary>Training steps over all of them, for each one that comes.</summary>
    public const int StepsPerReference = 32;

    // The errors' mean squares are those of the last readings, about so many.
    private const double Judged = 12;

    // How much worse than the factory's the adapted weights may be, in mean squares, and by how much at least: a little worse is chance.
    private const double Patience = 1.5, Chance = 0.1 * 0.1;

    private readonly FactoryCalibration _factory;
    private readonly DeviceNet _delivered = new();
    private readonly DeviceNet _adapted = new();
    private readonly bool _gated;
    private readonly float[] _input = new float[DeviceNet.InputSize];
    private readonly float[] _output = new float[DeviceNet.OutputSize];

    // All that changes in the field, beside the last layer.
    private readonly ReferenceGate _gate = new();
    private readonly float[] _inputs = new float[Remembered * DeviceNet.InputSize];
    private readonly float[] _targets = new float[Remembered * DeviceNet.OutputSize];
    private readonly double[] _squares = new double[2];
    private long _learnt;
    private long _hours;

    /// <param name="gated">False to learn from whatever comes, and never to roll back: to see what becomes of it.</param>
    public Device(FactoryCalibration factory, bool gated = true)
    {
        _factory = factory;
        _gated = gated;
        _factory.LoadInto(_delivered);
        _factory.LoadInto(_adapted);
    }

    /// <summary>Hours that have been lived through, the lost ones not counted.</summary>
    public long Hours => _hours;

    /// <summary>The logarithm of the concentration.</summary>
    public double Estimate(in Reading reading) => Ask(_adapted, reading);

    /// <summary>The same as the factory's weights see it.</summary>
    public double EstimateAsDelivered(in Reading reading) => Ask(_delivered, reading);

    /// <summary>Learns from a reference reading, where it is one.</summary>
    /// <param name="hour">The hour of both.</param>
    /// <param name="reference">In ppm, as the instrument says it: may be anything.</param>
    public Lesson Learn(in Hour hour, double reference)
    {
        _hours = hour.Number + 1;
        double logarithm = Math.Log(reference);
        double adapted = Estimate(hour.Reading) - logarithm;
        double delivered = EstimateAsDelivered(hour.Reading) - logarithm;
        if (_gated && !ReferenceGate.IsPossible(reference))
        {
            return Lesson.Impossible;
        }

        if (_gated && !_gate.Admits(-adapted))
        {
            return Lesson.Outlier;
        }

        // Both are judged by a reading that neither has learnt from.
        _squares[0] += (delivered * delivered - _squares[0]) / Judged;
        _squares[1] += (adapted * adapted - _squares[1]) / Judged;
        if (_gated && _squares[1] > Patience * _squares[0] + Chance)
        {
            RollBack();
            return Lesson.RolledBack;
        }

        Remember(hour.Reading, logarithm);
        int count = (int)Math.Min(_learnt, Remembered);
        for (int i = 0; i < StepsPerReference; i++)
        {
            _adapted.TrainStep(_inputs.AsSpan(0, count * DeviceNet.InputSize), _targets.AsSpan(0, count * DeviceNet.OutputSize));
        }

        return Lesson.Learnt;
    }

    private void Remember(in Reading reading, double logarithm)
    {
        int place = (int)(_learnt++ % Remembered);
        _factory.Scale(reading, _inputs.AsSpan(place * DeviceNet.InputSize, DeviceNet.InputSize));
        _targets[place] = _factory.Target(logarithm);
    }

    // With what taught it the wrong thing.
    private void RollBack()
    {
        _delivered.Parameters.CopyTo(_adapted.Parameters);
        _learnt = 0;
        _squares[1] = _squares[0];
    }

    private double Ask(DeviceNet net, in Reading reading)
    {
        _factory.Scale(reading, _input);
        net.Forward(_input, _output);
        return _factory.Logarithm(_output[0]);
    }
}
