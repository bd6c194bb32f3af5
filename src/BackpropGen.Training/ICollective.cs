using System;

namespace BackpropGen.Training;

/// <summary>
/// Several processes that train one network together, each on its part of every batch: what the trainer asks of them. One process alone
/// needs none.
/// </summary>
public interface ICollective
{
    /// <summary>This process's number, in [0, <see cref="Size"/>).</summary>
    int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    int Size { get; }

    /// <summary>Replaces each value by its sum over all processes: the same bits in each of them.</summary>
    /// <param name="values">As many in every process.</param>
    void Sum(Span<float> values);

    /// <inheritdoc cref="Sum(Span{float})"/>
    void Sum(Span<double> values);

    /// <summary>Gives every process the values of process 0.</summary>
    /// <param name="values">As many in every process.</param>
    void Broadcast(Span<byte> values);

    /// <summary>Returns when all processes have come here.</summary>
    void Synchronize();
}
