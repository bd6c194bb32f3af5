using System.IO;
using BackpropGen.Data;
using Samples;

namespace FuelEconomy;

/// <summary>
/// "Auto MPG" (Quinlan, UCI): a line is a car of the years 1970 to 1982, values separated by blanks, its name in quotation marks; six of the powers are <c>?</c>.
/// </summary>
internal static class Cars
{
    public const string FileName = "auto-mpg.data";

    // In the order of the file.
    private static readonly CsvFormat Format = CsvFormat.Whitespace with
    {
        ColumnNames = ["mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name"],
    };

    // What is used, in the order of the network's inputs. The name is not.
    private static readonly Column[] Columns =
    [
        Column.Number("cylinders"),
        Column.Number("displacement"),
        Column.Number("horsepower", Missing.DropsTheRow("?")),
        Column.Number("weight") with { Minimum = 1 },
        Column.Number("acceleration"),
        Column.Number("year") with { Minimum = 0, Maximum = 99 },
        Column.Category("origin", ["1", "2", "3"]),
        Column.Target("mpg") with { Minimum = 0 },
    ];

    /// <summary>The real cars.</summary>
    public static RawTable Load(string folder)
    {
        SampleCommand.CheckFolder(folder);
        string path = Path.Combine(folder, FileName);
        return File.Exists(path)
            ? CsvFile.Read(path, Format, Columns)
            : throw new UserErrorException($"--data \"{folder}\": {FileName} is not there; expected UCI's Auto MPG data under that name");
    }

    /// <summary>Cars that this program makes up.</summary>
    public static RawTable MakeUp()
    {
        using Stream text = MadeUpCars.Write(count: 400, seed: 1);
        return CsvFile.Read(text, "made-up cars", Format, Columns);
    }
}
