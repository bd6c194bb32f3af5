using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>A confusion matrix as it can be shown: whole, or the classes with the most mistakes, the rest taken together. Immutable.</summary>
/// <param name="Names">Of the rows and columns; the last is that of the rest, where there is one.</param>
/// <param name="Counts">[true, predicted].</param>
/// <param name="LeftOut">How many classes the rest is; 0 where the matrix is whole.</param>
internal sealed record ConfusionExtract(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<long>> Counts, int LeftOut)
{
    private const int MostClasses = 24;

    /// <summary>Of how a network classifies.</summary>
    public static ConfusionExtract Of(ClassificationFindings findings)
    {
        int[] shown = [.. Enumerable.Range(0, findings.Classes)];
        if (findings.Classes > MostClasses)
        {
            shown = [.. shown
                .OrderByDescending(c => findings.Mistaken(c))
                .Take(MostClasses)
                .Order()];
        }

        int rest = findings.Classes - shown.Length, size = shown.Length + (rest > 0 ? 1 : 0);
        var place = Enumerable.Repeat(shown.Length, findings.Classes).ToArray();
        for (int i = 0; i < shown.Length; i++)
        {
            place[shown[i]] = i;
        }

        var counts = Enumerable.Range(0, size).Select(_ => new long[size]).ToArray();
        for (int right = 0; right < findings.Classes; right++)
        {
            for (int predicted = 0; predicted < findings.Classes; predicted++)
            {
                counts[place[right]][place[predicted]] += findings.Matrix[right, predicted];
            }
        }

        IEnumerable<string> names = shown.Select(c => findings.ClassNames[c]);
        return new ConfusionExtract([.. rest > 0 ? names.Append($"{Numbers.Count(rest)} others") : names], counts, rest);
    }
}
