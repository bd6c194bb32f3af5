using System.IO;
using System.Linq;
using BackpropGen.Data;

namespace Samples;

/// <summary>MNIST (LeCun, Cortes and Burges): 28 × 28 bytes a digit, pictures and labels in IDX files.</summary>
internal static class MnistFolder
{
    public const string Expected = "MNIST's {train,t10k}-{images-idx3,labels-idx1}-ubyte[.gz]";

    public const int Side = 28;
    private const float MaxPixel = 255;

    public static bool IsIn(string folder) => HasPart(folder, "train") || HasPart(folder, "t10k");

    /// <summary>Trains on the one pair of files and tests on the other; where one is missing, the last fifth of the other is the test.</summary>
    public static DigitData Load(string folder)
    {
        bool hasTrain = HasPart(folder, "train");
        bool hasTest = HasPart(folder, "t10k");
        if (hasTrain && hasTest)
        {
            return new DigitData("MNIST", Side, Read(folder, "train"), Read(folder, "t10k"));
        }

        string part = hasTrain ? "train" : "t10k";
        LabelExamples all = Read(folder, part);
        int test = all.Count / 5;
        if (test == 0)
        {
            throw new UserErrorException($"{folder}: {all.Count} digits in the {part} files; expected at least 5 to train and test on");
        }

        return new DigitData(
            $"MNIST's {part} files alone: the first {all.Count - test:N0} train, the last {test:N0} test",
            Side,
            all.Slice(0, all.Count - test),
            all.Slice(all.Count - test, test));
    }

    private static LabelExamples Read(string folder, string part)
    {
        string images = Find(folder, $"{part}-images", "idx3-ubyte") ?? throw Missing("images-idx3-ubyte");
        string labels = Find(folder, $"{part}-labels", "idx1-ubyte") ?? throw Missing("labels-idx1-ubyte");
        return IdxFile.ReadLabelled(images, labels, 1 / MaxPixel, DigitData.Classes, [Side, Side]);

        UserErrorException Missing(string name) => new($"{folder}: {part}-{name}[.gz] is missing beside the other {part} file");
    }

    private static bool HasPart(string folder, string part) =>
        Find(folder, $"{part}-images", "idx3-ubyte") is not null || Find(folder, $"{part}-labels", "idx1-ubyte") is not null;

    // Some copies have a point where the original names have a hyphen.
    private static string? Find(string folder, string stem, string format) =>
        new[] { $"{stem}-{format}", $"{stem}-{format}.gz", $"{stem}.{format}", $"{stem}.{format}.gz" }
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
