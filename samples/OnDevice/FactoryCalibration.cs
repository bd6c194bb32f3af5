using System;
using System.IO;
using BackpropGen;

namespace OnDevice;

/// <summary>What the factory delivers: a network, and what scales its inputs and its output.</summary>
internal sealed class FactoryCalibration
{
    private readonly SafetensorsFile _file;
    private readonly float[] _inputOffsets;
    private readonly float[] _inputScales;
    private readonly float _targetOffset;
    private readonly float _targetScale;

    private FactoryCalibration(SafetensorsFile file)
    {
        // First: whose file it is says more than which number of it does not fit.
        Weights.Check(new DeviceNet(), file);
        _file = file;
        _inputOffsets = Read("inputs.offset", DeviceNet.InputSize);
        _inputScales = Read("inputs.scale", DeviceNet.InputSize);
        _targetOffset = Read("targets.offset", DeviceNet.OutputSize)[0];
        _targetScale = Read("targets.scale", DeviceNet.OutputSize)[0];
        if (Array.Exists(_inputScales, scale => !(scale > 0)) || !(_targetScale > 0))
        {
            throw new WeightsFormatException("The file has a scale that is not above 0.");
        }
    }

    /// <summary>The file that is built in.</summary>
    public static FactoryCalibration BuiltIn()
    {
        using Stream stream = typeof(FactoryCalibration).Assembly.GetManifestResourceStream("factory.safetensors")!;
        return new FactoryCalibration(SafetensorsFile.Read(stream));
    }

    /// <summary>Another one.</summary>
    /// <exception cref="IOException">It cannot be read, is damaged, or is of another network.</exception>
    public static FactoryCalibration Open(string path)
    {
        var file = SafetensorsFile.Open(path);
        try
        {
            return new FactoryCalibration(file);
        }
        catch (WeightsFormatException exception)
        {
            throw new WeightsFormatException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Puts the factory's weights into a network.</summary>
    public void LoadInto(DeviceNet net) => Weights.Load(net, _file);

    /// <summary>A reading as the network takes it.</summary>
    public void Scale(in Reading reading, Span<float> input)
    {
        reading.CopyTo(input);
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (input[i] - _inputOffsets[i]) / _inputScales[i];
        }
    }

    /// <summary>The logarithm of a concentration as the network's output should be.</summary>
    public float Target(double logarithm) => (float)((logarithm - _targetOffset) / _targetScale);

    /// <summary>The logarithm of the concentration that the network says.</summary>
    public double Logarithm(float output) => output * (double)_targetScale + _targetOffset;

    private float[] Read(string name, int size)
    {
        var values = new float[size];
        _file.ReadFloats(name, values);
        return Array.TrueForAll(values, float.IsFinite) ? values : throw new WeightsFormatException($"The tensor '{name}' has a value that is not finite.");
    }
}
