using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackpropGen.Data;
using Samples;

namespace Digits;

/// <summary>
/// "Optical Recognition of Handwritten Digits" (Alpaydin and Kaynak, UCI): a line has 64 integers from 0 to 16, an 8 × 8
/// picture row by row, and then the digit.
/// </summary>
internal static class OpticalDigits
{
    public const int Side = 8;
    public const string Expected = TrainFile + " and " + TestFile;

    private const string TrainFile = "optdigits.tra";
    private const string TestFile = "optdigits.tes";
    private const float MaxPixel = 16;

    private static readonly IReadOnlyList<Column> Columns =
    [
        .. Enumerable.Range(1, Side * Side).Select(i => Column.Number($"pixel {i}") with { Minimum = 0, Maximum = MaxPixel }),
        Column.Label("digit", DigitData.Classes),
    ];

    private static readonly CsvFormat Format = new() { ColumnNames = [.. Columns.Select(column => column.Name)] };

    private static readonly Scaling Pixels = new(new float[Side * Side], [.. Enumerable.Repeat(MaxPixel, Side * Side)]);

    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, TrainFile)) || File.Exists(Path.Combine(folder, TestFile));

    public static DigitData Load(string folder) => new(
        "optical digits (UCI)",
        Side,
        Read(Path.Combine(folder, TrainFile)),
        Read(Path.Combine(folder, TestFile)));

    private static LabelExamples Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{path}: there is no such file; expected {Expected} side by side");
        }

        RawTable table = CsvFile.Read(path, Format, Columns);
        return TableEncoding.Fit(table).ToLabels(table).Scaled(Pixels);
    }
}
