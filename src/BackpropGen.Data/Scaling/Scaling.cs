using System;

namespace BackpropGen.Data;

/// <summary>
/// Numbers brought to a common size, feature by feature: y = (x − offset) / scale. It is fitted on the training part, applied to every part, and kept with the
/// weights, without which they mean nothing. A feature that is the same in all training examples has the scale 1: it becomes 0 there, and elsewhere its difference. Immutable.
/// </summary>
public sealed partial class Scaling
{
    private readonly float[] _offsets;
    private readonly float[] _scales;

    /// <summary>A scaling of given numbers.</summary>
    /// <param name="offsets">By feature: what becomes 0; finite.</param>
    /// <param name="scales">By feature: the distance from there to what becomes 1; positive and finite.</param>
    /// <exception cref="ArgumentException">There is no feature, the numbers of both differ, or a value is not what it has to be.</exception>
    public Scaling(ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        if (offsets.Length == 0 || offsets.Length != scales.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{offsets.Length} offsets and {scales.Length} scales; expected one of each per feature, at least one."), nameof(scales));
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            if (!float.IsFinite(offsets[i]) || !(scales[i] > 0 && float.IsFinite(scales[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Feature {i} has the offset {offsets[i]} and the scale {scales[i]}; expected a finite offset, and a finite scale above 0."), nameof(scales));
            }
        }

        _offsets = offsets.ToArray();
        _scales = scales.ToArray();
    }

    /// <summary>How many features a sample has.</summary>
    public int Size => _offsets.Length;

    /// <summary>By feature: what becomes 0. The mean, where it was standardised.</summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>
    /// By feature: the distance from there to what becomes 1. The standard deviation, where it was standardised. What an error of 1 is in
    /// the data's own units: a root mean square error of scaled targets, multiplied with it, is one in miles per gallon.
    /// </summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>Scales samples, in place; nothing is allocated.</summary>
    /// <param name="samples">[n, <see cref="Size"/>], any number of samples.</param>
    /// <exception cref="ArgumentException">That is no whole number of samples.</exception>
    public void ApplyInPlace(Span<float> samples) => Apply(samples, samples);

    /// <summary>Scales samples; nothing is allocated.</summary>
    /// <param name="samples">[n, <see cref="Size"/>], any number of samples.</param>
    /// <param name="scaled">Receives as many values; the same memory, or one that does not overlap.</param>
    /// <exception cref="ArgumentException">That is no whole number of samples, or the lengths differ.</exception>
    public void Apply(ReadOnlySpan<float> samples, Span<float> scaled)
    {
        Check(samples.Length, scaled.Length, nameof(samples), nameof(scaled));
        for (int start = 0; start < samples.Length; start += Size)
        {
            ReadOnlySpan<float> from = samples.Slice(start, Size);
            Span<float> to = scaled.Slice(start, Size);
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = (from[i] - _offsets[i]) / _scales[i];
            }
        }
    }

    /// <summary>Takes the scaling back, in place; nothing is allocated. What a network that learnt scaled targets says is so in the data's own units.</summary>
    /// <param name="samples">[n, <see cref="Size"/>], any number of samples.</param>
    /// <exception cref="ArgumentException">That is no whole number of samples.</exception>
    public void InvertInPlace(Span<float> samples) => Invert(samples, samples);

    /// <summary>Takes the scaling back; nothing is allocated.</summary>
    /// <param name="scaled">[n, <see cref="Size"/>], any number of samples.</param>
    /// <param name="samples">Receives as many values; the same memory, or one that does not overlap.</param>
    /// <exception cref="ArgumentException">That is no whole number of samples, or the lengths differ.</exception>
    public void Invert(ReadOnlySpan<float> scaled, Span<float> samples)
    {
        Check(scaled.Length, samples.Length, nameof(scaled), nameof(samples));
        for (int start = 0; start < scaled.Length; start += Size)
        {
            ReadOnlySpan<float> from = scaled.Slice(start, Size);
            Span<float> to = samples.Slice(start, Size);
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = from[i] * _scales[i] + _offsets[i];
            }
        }
    }

    private void Check(int given, int received, string givenName, string receivedName)
    {
        if (given % Size != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"{given} values; expected a whole number of samples of {Size}."), givenName);
        }

        if (received != given)
        {
            throw new ArgumentException(FormattableString.Invariant($"{received} values to receive {given}; expected as many."), receivedName);
        }
    }
}
