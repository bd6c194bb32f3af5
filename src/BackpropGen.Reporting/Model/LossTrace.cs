using System;
using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>
/// The loss of every step of a training, in bounded memory: pieces of equal length, each with its least, its greatest and its mean. When
/// all pieces are full, each two become one. Adding a step allocates nothing.
/// </summary>
internal sealed class LossTrace
{
    private const int Capacity = 1024;
    private readonly Piece[] pieces = new Piece[Capacity];
    private int count;
    private int perPiece = 1;
    private Piece open;
    private int inOpen;

    /// <summary>Adds the next step's loss.</summary>
    public void Add(float loss)
    {
        open = inOpen == 0 ? new Piece(loss, loss, loss) : open.With(new Piece(loss, loss, loss));
        if (++inOpen == perPiece)
        {
            if (count == Capacity)
            {
                Halve();
                return;
            }

            pieces[count++] = open;
            inOpen = 0;
        }
    }

    /// <summary>What was added, oldest first.</summary>
    public IReadOnlyList<LossPiece> ToPieces()
    {
        var result = new List<LossPiece>(count + 1);
        for (int i = 0; i < count; i++)
        {
            result.Add(pieces[i].Closed((i + 1L) * perPiece, perPiece));
        }

        if (inOpen > 0)
        {
            result.Add(open.Closed((long)count * perPiece + inOpen, inOpen));
        }

        return result;
    }

    /// <summary>The open piece is full as well: it becomes the first half of one that is twice as long.</summary>
    private void Halve()
    {
        for (int i = 0; i < Capacity / 2; i++)
        {
            pieces[i] = pieces[2 * i].With(pieces[2 * i + 1]);
        }

        count = Capacity / 2;
        perPiece *= 2;
    }

    /// <summary>The extremes are NaN where a value is.</summary>
    private readonly record struct Piece(float Least, float Greatest, double Sum)
    {
        public Piece With(in Piece other) => new(MathF.Min(Least, other.Least), MathF.Max(Greatest, other.Greatest), Sum + other.Sum);

        public LossPiece Closed(long lastStep, int steps) => new(lastStep, Least, Greatest, Sum / steps);
    }
}
