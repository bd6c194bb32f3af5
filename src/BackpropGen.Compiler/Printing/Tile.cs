using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The outputs that are worked on at once: rows of one axis, times vectors of another.</summary>
/// <param name="RowAxis">The axis of the rows; null where there is one row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Lane">The axis that lanes run along; null where values are single.</param>
/// <param name="Vectors">How many registers lie side by side.</param>
/// <param name="Register">What a value is held in.</param>
/// <param name="Overlaps">The last register of a loop starts where it overlaps the one before.</param>
/// <param name="Offsets">Where each register starts, where that is known: all of a short axis at once.</param>
internal sealed record Tile(Axis? RowAxis, int Rows, Axis? Lane, int Vectors, Register Register, bool Overlaps = false, IReadOnlyList<int>? Offsets = null)
{
    /// <summary>One value at a time.</summary>
    public static Tile Single { get; } = new(null, 1, null, 1, Register.Single);

    /// <summary>The axis along which every output is summed in several chains.</summary>
    public Axis? Sum { get; init; }

    /// <summary>How many chains.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>The outputs in groups; the first are worked on in any case.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [new Stage(Rows * Vectors)];

    /// <summary>
    /// The outputs of one register come before those of the next, where a stage has some of every row's; otherwise those of one row before the
    /// next row's.
    /// </summary>
    public bool IsByVector { get; init; }

    /// <summary>How many floats a term of the sum reads side by side where memory is asked for ahead, as C#.</summary>
    public string? FloatsAhead { get; init; }

    /// <summary>How many terms ahead memory is asked for; 0 where it is not.</summary>
    public int TermsAhead { get; init; }

    /// <summary>The operand of which what the tile reads has been copied side by side; null where there is none.</summary>
    public Read? Near { get; init; }

    /// <summary>The values of a register, or of what holds one value.</summary>
    public KernelBody Body(CodeWriter writer, Position at, string suffix = "", string? done = null) => new(writer, at, Lane, Register, suffix) { Done = done };

    /// <summary>Every output of the tile: where it stands, and what its locals' names end in.</summary>
    public IEnumerable<(Position At, string Suffix)> Outputs(Position origin) => Cells.Select(c => (Shift(origin, c.Row, c.Vector), Suffix(c.Row, c.Vector)));

    /// <summary>The rows and vectors of the outputs, in their order.</summary>
    public IEnumerable<(int Row, int Vector)> Cells => IsByVector
        ? Enumerable.Range(0, Vectors).SelectMany(vector => Enumerable.Range(0, Rows).Select(row => (row, vector)))
        : Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Range(0, Vectors).Select(vector => (row, vector)));

    /// <summary>Every term that a pass over the tile adds: where it stands, and what its sum's name ends in.</summary>
    /// <param name="origin">Where the tile starts.</param>
    /// <param name="chains">Of how many chains.</param>
    public IEnumerable<(Position At, string Suffix)> Terms(Position origin, int chains) =>
        Enumerable.Range(0, chains).SelectMany(chain => Outputs(Link(origin, chain)).Select(o => (o.At, o.Suffix + ChainSuffix(chain))));

    /// <summary>What the name of a chain's sum ends in.</summary>
    public string ChainSuffix(int chain) => Chains > 1 ? ((char)('a' + chain)).ToString() : string.Empty;

    /// <summary>Where a read stands for every term, in the order of <see cref="Terms"/>; where it lacks a letter, terms share it.</summary>
    public IEnumerable<(Position At, string Suffix)> Places(Position origin, Read read, int chains)
    {
        bool hasChain = Chains > 1 && Moves(read, Sum);
        bool hasRow = Rows > 1 && Moves(read, RowAxis);
        bool hasVector = Vectors > 1 && Moves(read, Lane);
        for (int chain = 0; chain < chains; chain++)
        {
            foreach ((int row, int vector) in Cells)
            {
                (int c, int r, int v) = (hasChain ? chain : 0, hasRow ? row : 0, hasVector ? vector : 0);
                yield return (Shift(Link(origin, c), r, v), (hasRow ? Number(r) : string.Empty) + (hasVector ? Number(v) : string.Empty) + (hasChain ? ChainSuffix(c) : string.Empty));
            }
        }
    }

    private static bool Moves(Read read, Axis? axis) => axis is not null && Strides.Along(read.Tensor, read.At, axis) != 0;

    /// <summary>Where the first row of a vector stands.</summary>
    public Position FirstOf(Position origin, int vector) => Shift(origin, 0, vector);

    private Position Link(Position origin, int chain) => chain == 0 ? origin : origin.With(Sum!, Sum!.Letter, chain);

    /// <summary>What the names of an output's locals end in.</summary>
    public string Suffix(int row, int vector) => (Rows > 1 ? Number(row) : string.Empty) + (Vectors > 1 ? Number(vector) : string.Empty);

    private Position Shift(Position origin, int row, int vector)
    {
        Position at = RowAxis is not null && row > 0 ? origin.With(RowAxis, RowAxis.Letter, row) : origin;
        if (Lane is not null && Offsets is not null)
        {
            return at.With(Lane, null, Offsets[vector]);
        }

        return Lane is not null && vector > 0
            ? at.Shift(Lane, Register.Width(vector))
            : at;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
