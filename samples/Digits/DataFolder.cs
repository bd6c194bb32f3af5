using Samples;

namespace Digits;

internal enum DatasetKind
{
    OptDigits,
    Mnist,
}

/// <summary>A folder of real digits: which data sets it holds, and which one is meant.</summary>
internal static class DataFolder
{
    public static DigitTask Load(string folder, DatasetKind? wanted)
    {
        SampleCommand.CheckFolder(folder);
        bool optical = OpticalDigits.IsIn(folder);
        bool mnist = MnistFolder.IsIn(folder);
        return wanted switch
        {
            DatasetKind.OptDigits when !optical => throw Nothing(OpticalDigits.Expected),
            DatasetKind.Mnist when !mnist => throw Nothing(MnistFolder.Expected),
            null when !optical && !mnist => throw Nothing($"{OpticalDigits.Expected}, or {MnistFolder.Expected}"),
            DatasetKind.Mnist => new(MnistFolder.Load(folder), Recipe.Mnist),
            null when !optical => new(MnistFolder.Load(folder), Recipe.Mnist),
            null when mnist => new(Explained(OpticalDigits.Load(folder)), Recipe.Digits),
            _ => new(OpticalDigits.Load(folder), Recipe.Digits),
        };

        UserErrorException Nothing(string expected) => new($"--data \"{folder}\": none of the files is there; expected {expected}");

        static DigitData Explained(DigitData data) =>
            data with { Origin = data.Origin + "; the folder holds MNIST too (--dataset mnist)" };
    }
}
