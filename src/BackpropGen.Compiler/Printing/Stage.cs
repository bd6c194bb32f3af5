using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>So many of a tile's outputs, and when they are worked on.</summary>
/// <param name="Outputs">How many there are up to here.</param>
/// <param name="When">Where those behind the stage before are worked on, as C# that is a constant to the JIT; null for everywhere.</param>
/// <param name="LastWhen">Where these are the last, so that a loop may go on, as C# that the JIT knows before it reads what comes then; null for nowhere.</param>
internal sealed record Stage(int Outputs, string? When = null, string? LastWhen = null)
{
    /// <summary>
    /// Writes what is done for outputs, one after the other. Rows that a lower tile lacks, or registers that only narrow ones need, are left out
    /// where they are.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="outputs">As many for each output of the tile.</param>
    /// <param name="finish">Writes what comes behind those of a stage.</param>
    /// <param name="print">Writes what is done for one.</param>
    /// <param name="isLast">It is the last in a loop, which goes on where a tile has no more rows.</param>
    public static void Each<T>(CodeWriter writer, Tile tile, IEnumerable<T> outputs, Action finish, Action<T> print, bool isLast = false)
    {
        T[] all = outputs.ToArray();
        int ofOutput = all.Length / (tile.Rows * tile.Vectors);
        int done = 0;
        bool hasLeft = false;
        foreach (Stage stage in tile.Stages)
        {
            bool isApart = stage.When is not null && !hasLeft;
            if (isApart)
            {
                writer.Open($"if ({stage.When})");
            }

            for (; done < stage.Outputs * ofOutput; done++)
            {
                print(all[done]);
            }

            finish();
            if (isApart)
            {
                writer.Close();
            }

            if (isLast && stage.LastWhen is not null)
            {
                hasLeft = true;
                writer.Line($"if ({stage.LastWhen}) continue;");
            }
        }
    }
}
