using System.IO;

namespace Digits;

internal enum DatasetKind
{
    OptDigits,
    Mnist,
}

/// <summary>A folder of real digits: which data sets it holds, and which one is meant.</summary>
internal static class DataFolder
{
    public static DigitData Load(string folder, DatasetKind? wanted)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException(File.Exists(folder)
                ? $"--data \"{folder}\": a file, a folder was expected"
                : $"--data \"{folder}\": there is no such folder");
        }

        bool optical = OpticalDigits.IsIn(folder);
        bool mnist = Mnist.IsIn(folder);
        return wanted switch
        {
            DatasetKind.OptDigits when !optical => throw Nothing(OpticalDigits.Expected),
            DatasetKind.Mnist when !mnist => throw Nothing(Mnist.Expected),
            null when !optical && !mnist => throw Nothing($"{OpticalDigits.Expected}, or {Mnist.Expected}"),
            DatasetKind.Mnist => Mnist.Load(folder),
            null when !optical => Mnist.Load(folder),
            null when mnist => Explained(OpticalDigits.Load(folder)),
            _ => OpticalDigits.Load(folder),
        };

        UserErrorException Nothing(string expected) => new($"--data \"{folder}\": none of the files is there; expected {expected}");

        static DigitData Explained(DigitData data) =>
            data with { Origin = data.Origin + "; the folder holds MNIST too (--dataset mnist)" };
    }
}
