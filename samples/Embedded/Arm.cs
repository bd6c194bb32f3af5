using System;

namespace Embedded;

/// <summary>
/// The plant: an arm of two links in a vertical plane, with a motor, friction and a limit in each joint. Two rigid bodies, as in
/// M. Spong, S. Hutchinson, M. Vidyasagar, "Robot Modeling and Control", 7.3: M(q)·q̈ + c(q, q̇) + g(q) + friction = τ.
/// Its controller knows none of these numbers.
/// </summary>
internal sealed class Arm
{
    /// <summary>What the motors can do, in N·m.</summary>
    public static readonly Joints TorqueLimit = new(45, 20);

    private const double Gravity = 9.81;
    private const double Length = 0.5;
    private const double UpperMass = 2;
    private const double ForearmMass = 1.5;
    private const double ViscousFriction = 0.5;
    private const double DryFriction = 0.4;

    /// <summary>What the hand holds, in kg.</summary>
    public double Load { get; set; }

    public Joints Angle { get; private set; }

    public Joints Velocity { get; private set; }

    public Arm(Motion start)
    {
        Angle = start.Angle;
        Velocity = start.Velocity;
    }

    /// <summary>Lets the motors pull for a while.</summary>
    /// <param name="torque">In N·m, within <see cref="TorqueLimit"/>.</param>
    /// <param name="seconds">A control period.</param>
    /// <returns>The motion in that period, as angle sensors see it: its middle, and the mean acceleration.</returns>
    public Motion Move(Joints torque, double seconds)
    {
        const int Substeps = 4;
        (Joints angle, Joints velocity) = (Angle, Velocity);
        for (int i = 0; i < Substeps; i++)
        {
            Velocity += seconds / Substeps * Acceleration(torque);
            Angle += seconds / Substeps * Velocity;
        }

        return new Motion(0.5 * (angle + Angle), 0.5 * (velocity + Velocity), 1 / seconds * (Velocity - velocity));
    }

    private Joints Acceleration(Joints torque)
    {
        (double sinElbow, double cosElbow) = Math.SinCos(Angle.Elbow);
        double cosUpper = Math.Cos(Angle.Shoulder);
        double cosForearm = Math.Cos(Angle.Shoulder + Angle.Elbow);

        // Moments of the masses about the joints; a link's own mass sits in its middle.
        double forearm = (ForearmMass / 2 + Load) * Length;
        double forearmInertia = (ForearmMass / 3 + Load) * Length * Length;
        double upperInertia = (UpperMass / 3 + ForearmMass + Load) * Length * Length;
        double coupling = forearm * Length;

        double m11 = upperInertia + forearmInertia + 2 * coupling * cosElbow;
        double m12 = forearmInertia + coupling * cosElbow;
        double m22 = forearmInertia;
        double forearmWeight = forearm * Gravity * cosForearm;
        double upperWeight = (UpperMass / 2 + ForearmMass + Load) * Length * Gravity * cosUpper;

        double shoulder = torque.Shoulder - Friction(Velocity.Shoulder) - upperWeight - forearmWeight
            + coupling * sinElbow * Velocity.Elbow * (2 * Velocity.Shoulder + Velocity.Elbow);
        double elbow = torque.Elbow - Friction(Velocity.Elbow) - forearmWeight
            - coupling * sinElbow * Velocity.Shoulder * Velocity.Shoulder;
        double determinant = m11 * m22 - m12 * m12;
        return new Joints((m22 * shoulder - m12 * elbow) / determinant, (m11 * elbow - m12 * shoulder) / determinant);
    }

    private static double Friction(double velocity) => ViscousFriction * velocity + DryFriction * Math.Tanh(velocity / 0.05);
}
