using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Digits;

/// <summary>
/// "Optical Recognition of Handwritten Digits" (Alpaydin and Kaynak, UCI): a line has 64 integers from 0 to 16, an 8 × 8
/// picture row by row, and then the digit.
/// </summary>
internal static class OpticalDigits
{
    public const int Side = 8;
    public const int MaxPixel = 16;
    public const string Expected = TrainFile + " and " + TestFile;

    private const string TrainFile = "optdigits.tra";
    private const string TestFile = "optdigits.tes";

    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, TrainFile)) || File.Exists(Path.Combine(folder, TestFile));

    public static DigitData Load(string folder) => new(
        "optical digits (UCI)",
        Recipe.Digits,
        Read(Path.Combine(folder, TrainFile)),
        Read(Path.Combine(folder, TestFile)));

    private static Dataset Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{path}: there is no such file; expected {Expected} side by side");
        }

        var pixels = new List<float>();
        var labels = new List<int>();
        int blankLine = 0;
        int lineNumber = 0;
        foreach (string line in File.ReadLines(path))
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line))
            {
                blankLine = lineNumber;
                continue;
            }

            if (blankLine > 0)
            {
                throw new UserErrorException($"{path}, line {blankLine}: empty; expected {Side * Side} pixels and the digit");
            }

            ReadLine(line, $"{path}, line {lineNumber}", pixels, labels);
        }

        return labels.Count > 0
            ? new Dataset(Side, Side, [.. pixels], [.. labels])
            : throw new UserErrorException($"{path}: no digits in it; expected lines of {Side * Side} pixels and the digit");
    }

    private static void ReadLine(string line, string place, List<float> pixels, List<int> labels)
    {
        string[] fields = line.Split(',');
        if (fields.Length != Side * Side + 1)
        {
            string found = fields.Length == 1 ? "1 value" : $"{fields.Length} values";
            throw new UserErrorException($"{place}: {found}; expected {Side * Side + 1}: {Side * Side} pixels and the digit");
        }

        for (int i = 0; i < Side * Side; i++)
        {
            pixels.Add(Number(i, "a pixel", MaxPixel) / (float)MaxPixel);
        }

        labels.Add(Number(Side * Side, "the digit", Dataset.Classes - 1));

        int Number(int index, string what, int max) =>
            int.TryParse(fields[index].AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= 0 && value <= max
                ? value
                : throw new UserErrorException($"{place}, value {index + 1}: \"{Shortened(fields[index])}\"; expected {what}, 0 to {max}");
    }

    // A wrong file may have lines of any length, and any characters in them.
    private static string Shortened(string text)
    {
        string start = text.Length <= 20 ? text : text[..20] + "…";
        return string.Create(start.Length, start, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
