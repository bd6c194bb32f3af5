namespace Embedded;

/// <summary>A value for each of the arm's two joints.</summary>
internal readonly record struct Joints(double Shoulder, double Elbow)
{
    public static Joints operator +(Joints a, Joints b) => new(a.Shoulder + b.Shoulder, a.Elbow + b.Elbow);

    public static Joints operator -(Joints a, Joints b) => new(a.Shoulder - b.Shoulder, a.Elbow - b.Elbow);

    public static Joints operator *(double factor, Joints a) => new(factor * a.Shoulder, factor * a.Elbow);
}

/// <summary>A motion at one moment.</summary>
/// <param name="Angle">In rad: of the upper arm to the horizontal, and of the forearm to the upper arm.</param>
/// <param name="Velocity">In rad/s.</param>
/// <param name="Acceleration">In rad/s².</param>
internal readonly record struct Motion(Joints Angle, Joints Velocity, Joints Acceleration);
