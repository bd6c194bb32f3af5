using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>The outputs that are worked on at once: rows of one axis, times vectors of another.</summary>
/// <param name="RowAxis">The axis of the rows; null where there is one row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Lane">The axis that lanes run along; null where values are single.</param>
/// <param name="Vectors">How many registers lie side by side.</param>
/// <param name="Register">What a value is held in.</param>
/// <param name="Offsets">Where each register starts, where that is known: all of a short axis at once.</param>
internal sealed record Tile(Axis? RowAxis, int Rows, Axis? Lane, int Vectors, Register Register, IReadOnlyList<int>? Offsets = null)
{
    /// <summary>One value at a time.</summary>
    public static Tile Single { get; } = new(null, 1, null, 1, Register.Single);

    /// <summary>Every output of the tile: where it stands, and what its locals' names end in.</summary>
    public IEnumerable<(Position At, string Suffix)> Outputs(Position origin)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int vector = 0; vector < Vectors; vector++)
            {
                yield return (Shift(origin, row, vector), Suffix(row, vector));
            }
        }
    }

    /// <summary>Where a read stands for every output of the tile, in the order of <see cref="Outputs"/>; where it lacks a letter, outputs share it.</summary>
    public IEnumerable<(Position At, string Suffix)> Places(Position origin, Read read)
    {
        bool hasRow = Rows > 1 && RowAxis is not null && Strides.Along(read.Tensor, read.At, RowAxis) != 0;
        bool hasVector = Vectors > 1 && Lane is not null && Strides.Along(read.Tensor, read.At, Lane) != 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int vector = 0; vector < Vectors; vector++)
            {
                (int r, int v) = (hasRow ? row : 0, hasVector ? vector : 0);
                yield return (Shift(origin, r, v), (hasRow ? Number(r) : string.Empty) + (hasVector ? Number(v) : string.Empty));
            }
        }
    }

    private string Suffix(int row, int vector) => (Rows > 1 ? Number(row) : string.Empty) + (Vectors > 1 ? Number(vector) : string.Empty);

    private Position Shift(Position origin, int row, int vector)
    {
        Position at = RowAxis is not null && row > 0 ? origin.With(RowAxis, RowAxis.Letter, row) : origin;
        if (Lane is not null && Offsets is not null)
        {
            return at.With(Lane, null, Offsets[vector]);
        }

        return Lane is not null && vector > 0
            ? at.With(Lane, Lane.Letter, 0, Register.Width(vector))
            : at;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
