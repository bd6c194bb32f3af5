using System;

namespace Embedded;

/// <summary>
/// Feedback corrects what went wrong; the network says beforehand what the motion takes, and learns that from what the arm did: each
/// period is an example of a motion and the torques that made it (direct inverse modelling). Nothing is allocated after construction.
/// </summary>
internal sealed class Controller
{
    // Soft springs and dampers at the joints: they hold the arm, and alone they let it sag.
    private static readonly Joints Stiffness = new(60, 30);
    private static readonly Joints Damping = new(8, 3);

    private readonly ControlNet _net = new();
    private readonly float[] _features = new float[ControlNet.InputSize];
    private readonly float[] _shares = new float[ControlNet.OutputSize];
    private readonly bool _learns;

    /// <param name="learns">False for feedback alone.</param>
    public Controller(bool learns) => _learns = learns;

    /// <summary>The torques for the next period, in N·m.</summary>
    public Joints Torque(Motion wanted, Arm arm)
    {
        Joints error = wanted.Angle - arm.Angle;
        Joints drift = wanted.Velocity - arm.Velocity;
        var torque = new Joints(
            Stiffness.Shoulder * error.Shoulder + Damping.Shoulder * drift.Shoulder,
            Stiffness.Elbow * error.Elbow + Damping.Elbow * drift.Elbow);
        if (_learns)
        {
            Describe(wanted);
            _net.Forward(_features, _shares);
            torque += new Joints(_shares[0] * Arm.TorqueLimit.Shoulder, _shares[1] * Arm.TorqueLimit.Elbow);
        }

        return new Joints(
            Math.Clamp(torque.Shoulder, -Arm.TorqueLimit.Shoulder, Arm.TorqueLimit.Shoulder),
            Math.Clamp(torque.Elbow, -Arm.TorqueLimit.Elbow, Arm.TorqueLimit.Elbow));
    }

    /// <summary>Learns from the last period.</summary>
    /// <param name="seen">How the arm moved.</param>
    /// <param name="torque">What moved it.</param>
    public void Learn(Motion seen, Joints torque)
    {
        if (_learns)
        {
            Describe(seen);
            _shares[0] = (float)(torque.Shoulder / Arm.TorqueLimit.Shoulder);
            _shares[1] = (float)(torque.Elbow / Arm.TorqueLimit.Elbow);
            _net.TrainStep(_features, _shares);
        }
    }

    // Angles by what gravity and inertia see of them; everything within a few units of 0.
    private void Describe(Motion motion)
    {
        (double sinElbow, double cosElbow) = Math.SinCos(motion.Angle.Elbow);
        _features[0] = (float)Math.Cos(motion.Angle.Shoulder);
        _features[1] = (float)Math.Cos(motion.Angle.Shoulder + motion.Angle.Elbow);
        _features[2] = (float)sinElbow;
        _features[3] = (float)cosElbow;
        _features[4] = (float)(motion.Velocity.Shoulder / 2);
        _features[5] = (float)(motion.Velocity.Elbow / 2);
        _features[6] = (float)(motion.Acceleration.Shoulder / 5);
        _features[7] = (float)(motion.Acceleration.Elbow / 5);
    }
}
