namespace OnDevice;

/// <summary>
/// What one would do without a network on board: ln c = a + b·(what the factory's network says), a and b by recursive least squares that forget
/// (S. Haykin, "Adaptive Filter Theory", the chapter on RLS).
/// </summary>
internal sealed class OffsetAndGain
{
    // A reading counts half after 13 more of them: three days.
    private const double Kept = 0.95;

    private double _offset;
    private double _gain = 1;

    // The inverse of the correlation matrix, symmetric: how unsure offset and gain are.
    private double _p11 = 0.1, _p12, _p22 = 0.01;

    public double Correct(double logarithm) => _offset + _gain * logarithm;

    public void Learn(double logarithm, double reference)
    {
        double u1 = _p11 + _p12 * logarithm;
        double u2 = _p12 + _p22 * logarithm;
        double scale = 1 / (Kept + u1 + u2 * logarithm);
        double error = reference - Correct(logarithm);
        _offset += scale * u1 * error;
        _gain += scale * u2 * error;
        (_p11, _p12, _p22) = ((_p11 - scale * u1 * u1) / Kept, (_p12 - scale * u1 * u2) / Kept, (_p22 - scale * u2 * u2) / Kept);
    }
}
