using System;
using System.Numerics;

namespace Digits;

/// <summary>
/// Digits that need no download. A pen of some thickness follows <see cref="Strokes"/> that are shaken, scaled, slanted, turned and
/// moved; as with the optical digits, the 32 × 32 bitmap is counted in blocks of 4 × 4, which gives 8 × 8 values from 0 to 16.
/// </summary>
internal sealed class DrawnDigits
{
    private const int Side = OpticalDigits.Side;
    private const int Block = 4;
    private const int BitmapSide = Side * Block;

    private readonly Random _random;
    private readonly bool[] _bitmap = new bool[BitmapSide * BitmapSide];

    private DrawnDigits(int seed) => _random = new Random(seed);

    /// <summary>The same digits every time; what is tested on was drawn by another hand than what is trained on.</summary>
    public static DigitData Load() => new(
        "digits drawn by this program (--data <folder> for real ones)",
        Recipe.Digits,
        new DrawnDigits(seed: 1).DrawMany(4000),
        new DrawnDigits(seed: 2).DrawMany(2000));

    private Dataset DrawMany(int count)
    {
        var pixels = new float[count * Side * Side];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Dataset.Classes;
            Draw(labels[i]);
            CountBlocks(pixels.AsSpan(i * Side * Side, Side * Side));
        }

        return new Dataset(Side, Side, pixels, labels);
    }

    private void Draw(int digit)
    {
        Array.Clear(_bitmap);
        Vector2[][][] ways = Strokes.Of[digit];
        Matrix3x2 hand =
            Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(Around(0.78f, 0.22f), Around(0.88f, 0.12f))
            * Matrix3x2.CreateSkew(Around(-0.1f, 0.35f), 0)
            * Matrix3x2.CreateRotation(Around(0, 0.2f))
            * Matrix3x2.CreateTranslation(Around(0.5f, 0.07f), Around(0.5f, 0.07f))
            * Matrix3x2.CreateScale(BitmapSide);
        float radius = Around(1.8f, 0.8f);
        foreach (Vector2[] stroke in ways[_random.Next(ways.Length)])
        {
            var points = new Vector2[stroke.Length];
            for (int i = 0; i < points.Length; i++)
            {
                var shaken = stroke[i] + new Vector2(Around(0, 0.06f), Around(0, 0.06f));
                points[i] = Vector2.Transform(shaken, hand);
            }

            Strokes.Trace(points, (from, to) => Ink(from, to, radius));
        }

        const double Specks = 0.03;
        for (int i = 0; i < _bitmap.Length; i++)
        {
            _bitmap[i] ^= _random.NextDouble() < Specks;
        }
    }

    // All of the bitmap within a radius of the line from a to b.
    private void Ink(Vector2 a, Vector2 b, float radius)
    {
        Vector2 low = Vector2.Max(Vector2.Min(a, b) - new Vector2(radius), Vector2.Zero);
        Vector2 high = Vector2.Min(Vector2.Max(a, b) + new Vector2(radius), new Vector2(BitmapSide - 1));
        for (int row = (int)low.Y; row <= high.Y; row++)
        {
            for (int column = (int)low.X; column <= high.X; column++)
            {
                var center = new Vector2(column + 0.5f, row + 0.5f);
                float along = Vector2.Dot(center - a, b - a) / Math.Max((b - a).LengthSquared(), 1e-6f);
                Vector2 nearest = a + Math.Clamp(along, 0, 1) * (b - a);
                _bitmap[row * BitmapSide + column] |= Vector2.DistanceSquared(center, nearest) <= radius * radius;
            }
        }
    }

    private void CountBlocks(Span<float> pixels)
    {
        pixels.Clear();
        for (int i = 0; i < _bitmap.Length; i++)
        {
            int row = i / BitmapSide / Block;
            int column = i % BitmapSide / Block;
            pixels[row * Side + column] += _bitmap[i] ? 1f / OpticalDigits.MaxPixel : 0;
        }
    }

    private float Around(float middle, float reach) => middle + reach * (2 * _random.NextSingle() - 1);
}
