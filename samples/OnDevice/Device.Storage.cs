using System;
using System.IO;
using System.Linq;
using BackpropGen;

namespace OnDevice;

/// <remarks>
/// What is kept: the weights, and all else that learning depends on. So a device that was switched off goes on with the same bits as one that never was.
/// </remarks>
internal sealed partial class Device
{
    private const string InputsName = "device.inputs", TargetsName = "device.targets", DifferencesName = "device.differences",
        SquaresName = "device.squares", CountsName = "device.counts";

    /// <summary>Saves the device, whole or not at all: at every moment there is the file from before, or the new one.</summary>
    public void Save(string path)
    {
        var file = new SafetensorsWriter();
        Weights.AddTo(file, _adapted);
        file.Add(InputsName, _inputs, Remembered, DeviceNet.InputSize);
        file.Add(TargetsName, _targets, Remembered, DeviceNet.OutputSize);
        file.Add(DifferencesName, _gate.Last.ToArray());
        file.Add(SquaresName, _squares);
        file.Add(CountsName, new[] { _learnt, _hours, _gate.Count });
        file.Write(path);
    }

    /// <summary>Goes on where a device was switched off.</summary>
    /// <exception cref="IOException">The file cannot be read, is damaged, is no device's, or is of another factory calibration. Nothing was changed.</exception>
    public void Restore(string path)
    {
        var file = SafetensorsFile.Open(path);
        var net = new DeviceNet();
        Span<long> counts = stackalloc long[3];
        var differences = new double[ReferenceGate.Size];
        var squares = new double[_squares.Length];
        var inputs = new float[_inputs.Length];
        var targets = new float[_targets.Length];
        try
        {
            // What this library wrote has a check over all values: they are those that a device saved.
            if (!file.IsFromBackpropGen)
            {
                throw new WeightsFormatException("The file was not written by a device.");
            }

            Weights.Load(net, file);
            file.ReadFloats(InputsName, inputs);
            file.ReadFloats(TargetsName, targets);
            file.ReadDoubles(DifferencesName, differences);
            file.ReadDoubles(SquaresName, squares);
            file.ReadInt64(CountsName, counts);
            if (((INetwork)net).Tensors.FirstOrDefault(t => !t.IsTrainable && !Values(net, t).SequenceEqual(Values(_delivered, t))) is { } other)
            {
                throw new WeightsFormatException($"The frozen {other.Name} is not the factory's: the file is of a device with another factory calibration.");
            }
        }
        catch (WeightsFormatException exception)
        {
            throw new WeightsFormatException($"{path}: {exception.Message}", exception);
        }

        net.Parameters.CopyTo(_adapted.Parameters);
        inputs.CopyTo(_inputs.AsSpan());
        targets.CopyTo(_targets.AsSpan());
        differences.CopyTo(_gate.Last);
        squares.CopyTo(_squares.AsSpan());
        (_learnt, _hours, _gate.Count) = (counts[0], counts[1], counts[2]);
    }

    private static ReadOnlySpan<float> Values(DeviceNet net, NetworkTensor tensor) => net.Parameters.Slice(tensor.Offset, tensor.Length);
}
