using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>Fewer points that look the same: of each column of pixels the first, the least, the greatest and the last.</summary>
internal static class Thinning
{
    /// <summary>A line's points, in rising order of x, as many as can be seen; what is not finite stays.</summary>
    /// <param name="points">The points.</param>
    /// <param name="columns">Columns of pixels; at most four points of each are kept, and those that are not finite.</param>
    public static IReadOnlyList<Point> ToColumns(IReadOnlyList<Point> points, int columns)
    {
        if (points.Count <= 4 * columns)
        {
            return points;
        }

        double first = points[0].X, width = (points[^1].X - first) / columns;
        var kept = new List<Point>(4 * columns);
        for (int start = 0, end; start < points.Count; start = end)
        {
            int column = (int)((points[start].X - first) / width);
            int least = start, greatest = start;
            for (end = start; end < points.Count && (int)((points[end].X - first) / width) == column; end++)
            {
                least = points[end].Y < points[least].Y || double.IsNaN(points[least].Y) ? end : least;
                greatest = points[end].Y > points[greatest].Y || double.IsNaN(points[greatest].Y) ? end : greatest;
            }

            int previous = -1;
            for (int i = start; i < end; i++)
            {
                bool breaks = !double.IsFinite(points[i].Y) && (previous < 0 || double.IsFinite(points[previous].Y));
                if (i == start || i == end - 1 || i == least || i == greatest || breaks)
                {
                    kept.Add(points[i]);
                    previous = i;
                }
            }
        }

        return kept;
    }
}
