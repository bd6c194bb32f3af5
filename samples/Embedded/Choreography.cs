using System;

namespace Embedded;

/// <summary>The motion that is wanted: sums of sines that do not come back to the same place for hours.</summary>
internal static class Choreography
{
    public static Motion At(double seconds)
    {
        (double angle, double velocity, double acceleration) shoulder = Add(Sine(seconds, 0.7, 0.31, 0), Sine(seconds, 0.4, 0.173, 1));
        (double angle, double velocity, double acceleration) elbow = Add(Sine(seconds, 0.8, 0.237, 2), Sine(seconds, 0.4, 0.419, 0.5));
        return new Motion(
            new Joints(shoulder.angle + 0.4, elbow.angle + 0.9),
            new Joints(shoulder.velocity, elbow.velocity),
            new Joints(shoulder.acceleration, elbow.acceleration));
    }

    private static (double Angle, double Velocity, double Acceleration) Sine(double seconds, double amplitude, double hertz, double phase)
    {
        double omega = 2 * Math.PI * hertz;
        (double sin, double cos) = Math.SinCos(omega * seconds + phase);
        return (amplitude * sin, amplitude * omega * cos, -amplitude * omega * omega * sin);
    }

    private static (double, double, double) Add((double, double, double) a, (double, double, double) b) => (a.Item1 + b.Item1, a.Item2 + b.Item2, a.Item3 + b.Item3);
}
