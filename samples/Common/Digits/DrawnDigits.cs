using System;
using System.Numerics;
using BackpropGen.Data;

namespace Samples;

/// <summary>
/// Digits that need no download. A pen of some thickness follows <see cref="Strokes"/> that are shaken, scaled, slanted, turned and
/// moved; as with the optical digits, the bitmap is counted in blocks of 4 × 4, which gives pixels from 0 to 16.
/// </summary>
internal sealed class DrawnDigits
{
    private const int Block = 4;
    private const float MaxPixel = Block * Block;

    private readonly int _side;
    private readonly int _bitmapSide;
    private readonly Random _random;
    private readonly bool[] _bitmap;

    private DrawnDigits(int side, int seed)
    {
        _side = side;
        _bitmapSide = side * Block;
        _random = new Random(seed);
        _bitmap = new bool[_bitmapSide * _bitmapSide];
    }

    /// <summary>The same digits every time; what is tested on was drawn by another hand than what is trained on.</summary>
    /// <param name="side">Pixels in a row, and rows in a picture.</param>
    /// <param name="train">How many to learn from.</param>
    /// <param name="test">How many to be examined on.</param>
    public static DigitData Load(int side, int train, int test) => new(
        "digits drawn by this program (--data <folder> for real ones)",
        side,
        new DrawnDigits(side, seed: 1).DrawMany(train),
        new DrawnDigits(side, seed: 2).DrawMany(test));

    private LabelExamples DrawMany(int count)
    {
        var pixels = new float[count * _side * _side];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % DigitData.Classes.Count;
            Draw(labels[i]);
            CountBlocks(pixels.AsSpan(i * _side * _side, _side * _side));
        }

        return new LabelExamples(pixels, _side * _side, labels, DigitData.Classes);
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
            * Matrix3x2.CreateScale(_bitmapSide);
        float radius = Around(1.8f, 0.8f) * _bitmapSide / 32;
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
        Vector2 high = Vector2.Min(Vector2.Max(a, b) + new Vector2(radius), new Vector2(_bitmapSide - 1));
        for (int row = (int)low.Y; row <= high.Y; row++)
        {
            for (int column = (int)low.X; column <= high.X; column++)
            {
                var center = new Vector2(column + 0.5f, row + 0.5f);
                float along = Vector2.Dot(center - a, b - a) / Math.Max((b - a).LengthSquared(), 1e-6f);
                Vector2 nearest = a + Math.Clamp(along, 0, 1) * (b - a);
                _bitmap[row * _bitmapSide + column] |= Vector2.DistanceSquared(center, nearest) <= radius * radius;
            }
        }
    }

    private void CountBlocks(Span<float> pixels)
    {
        pixels.Clear();
        for (int i = 0; i < _bitmap.Length; i++)
        {
            int row = i / _bitmapSide / Block;
            int column = i % _bitmapSide / Block;
            pixels[row * _side + column] += _bitmap[i] ? 1 / MaxPixel : 0;
        }
    }

    private float Around(float middle, float reach) => middle + reach * (2 * _random.NextSingle() - 1);
}
