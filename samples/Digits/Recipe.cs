using System;

namespace Digits;

/// <summary>A network and how long it trains by default.</summary>
internal sealed record Recipe(string Name, Func<IClassifier> Create, int Epochs, int Batch)
{
    public static readonly Recipe Digits = new(nameof(DigitNet), () => new DigitNet(), Epochs: 30, Batch: 32);

    public static readonly Recipe Mnist = new(nameof(MnistNet), () => new MnistNet(), Epochs: 10, Batch: 64);
}
