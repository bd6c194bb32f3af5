using System;
using System.Linq;
using System.Numerics;

namespace Samples;

/// <summary>
/// How a hand writes the digits: per digit the ways to write it, per way the strokes, per stroke the points that the pen
/// passes, "x,y" in hundredths of a box whose first row is the top.
/// </summary>
internal static class Strokes
{
    private static readonly string[][] Ways =
    [
        ["50,4 24,20 16,52 24,82 50,96 76,82 84,52 76,20 50,4", "58,4 30,14 20,54 34,92 60,94 78,58 72,16 52,6"],
        ["52,4 50,96", "30,26 54,4|54,4 52,96", "32,26 54,4|54,4 52,95|32,96 74,95"],
        ["20,26 34,7 62,6 78,24 64,50 38,74 18,94|18,94 84,92", "22,22 46,4 74,16 70,42 44,72 22,90 34,78 54,90 84,92"],
        ["22,14 48,4 76,16 70,38 44,48|44,48 74,56 80,78 54,96 20,88", "20,6 76,6|76,6 46,42|46,42 76,54 78,80 50,96 20,86"],
        ["60,4 18,62|18,62 86,62|64,34 62,96", "24,6 20,50|20,50 80,52|74,6 70,96"],
        ["78,6 28,6|28,6 24,44|24,44 56,38 80,58 72,86 46,96 18,86", "76,8 34,6 24,26 40,44 68,54 74,76 52,94 20,88"],
        ["70,5 38,28 20,62 30,90 56,96 78,78 68,56 42,54 22,70", "50,4 28,42 24,80 48,96 70,82 64,60 40,60 26,74"],
        ["18,8 82,6|82,6 56,48 40,96", "18,8 82,6|82,6 56,48 40,96|34,50 76,48"],
        ["72,16 50,4 28,14 34,36 64,56 74,78 52,96 28,82 36,60 66,38 72,16", "50,48 28,34 30,12 52,4 72,14 70,36 50,48 26,66 30,90 52,96 74,88 74,64 50,48"],
        ["76,26 58,44 30,42 22,22 40,5 66,8 76,26 74,60 52,96", "74,24 50,42 26,30 34,8 60,4 74,24|74,24 70,96"],
    ];

    /// <summary>[digit][way][stroke][point], coordinates from 0 to 1.</summary>
    public static readonly Vector2[][][][] Of =
        [.. Ways.Select(ways => ways.Select(way => way.Split('|').Select(Points).ToArray()).ToArray())];

    /// <summary>A smooth curve through the points: Catmull and Rom's spline, its ends repeated.</summary>
    /// <param name="visit">Called with the two ends of each short line.</param>
    public static void Trace(ReadOnlySpan<Vector2> points, Action<Vector2, Vector2> visit)
    {
        const int Pieces = 6;
        Vector2 from = points[0];
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector2 before = points[Math.Max(i - 1, 0)];
            Vector2 a = points[i];
            Vector2 b = points[i + 1];
            Vector2 after = points[Math.Min(i + 2, points.Length - 1)];
            for (int piece = 1; piece <= Pieces; piece++)
            {
                float t = piece / (float)Pieces;
                Vector2 to = 0.5f * (2 * a + t * (b - before
                    + t * (2 * before - 5 * a + 4 * b - after
                    + t * (3 * a - before - 3 * b + after))));
                visit(from, to);
                from = to;
            }
        }
    }

    private static Vector2[] Points(string stroke) =>
        [.. stroke.Split(' ').Select(point => point.Split(',')).Select(xy => new Vector2(int.Parse(xy[0]), int.Parse(xy[1])) / 100)];
}
