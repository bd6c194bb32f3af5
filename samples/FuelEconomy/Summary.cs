using System;
using System.Linq;
using BackpropGen.Data;
using Samples;
using Spectre.Console;

namespace FuelEconomy;

/// <summary>What is said before and after the training.</summary>
internal static class Summary
{
    public static void Start(RawTable cars, Options options)
    {
        string origin = options.Data is null ? "cars that this program makes up (--data <folder> for real ones)" : "Auto MPG (UCI)";
        AnsiConsole.WriteLine($"Data     {origin}");
        AnsiConsole.WriteLine($"         {cars.Count} cars with all values; {cars.DroppedRows} left out because their horsepower is missing");
        if (options.Data is null)
        {
            AnsiConsole.WriteLine($"         {MadeUpCars.Chance} mpg of them are chance, which no network can learn");
        }

        AnsiConsole.WriteLine($"Network  9-64-64-1: {FuelNet.ParameterCount:N0} parameters; {options.Epochs} epochs, batches of {options.Batch}");
        AnsiConsole.WriteLine();
    }

    public static void Examined(int seed, Examination examined, FuelData data, Options options)
    {
        if (options.Seeds > 1)
        {
            AnsiConsole.WriteLine($"seed {seed,3}  error {examined.Error:F2} mpg root mean square, {examined.MeanAbsoluteError:F2} mean");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title("The best, the middle and the worst of the held-out cars");
        foreach (string column in new[] { "line", "it goes", "the network says", "off by" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        int[] order = [.. Enumerable.Range(0, data.Held.Count).OrderBy(Distance)];
        int middle = order.Length / 2;
        foreach (int car in order.Take(2).Concat(order.Skip(middle).Take(2)).Concat(order.TakeLast(2)).Distinct())
        {
            table.AddRow($"{data.HeldLines[car]}", $"{examined.Truth[car]:F1} mpg", $"{examined.Said[car]:F1} mpg", $"{Distance(car):F1}");
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);

        float Distance(int car) => Math.Abs(examined.Said[car] - examined.Truth[car]);
    }

    /// <returns>The exit code.</returns>
    public static int Verdict((Examination Result, double Baseline)[] examinations, Options options)
    {
        double[] errors = [.. examinations.Select(one => one.Result.Error)];
        double mean = errors.Average();
        int held = examinations[0].Result.Truth.Count;
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(errors.Length == 1
            ? $"Error    {mean:F2} mpg root mean square on {held} held-out cars"
            : $"Error    {mean:F2} mpg root mean square: the mean of {errors.Length} seeds, from {errors.Min():F2} to {errors.Max():F2}");
        if (errors.Length > 1)
        {
            AnsiConsole.WriteLine($"         each seed holds out its own {held} cars, and some cars are harder than others");
        }

        AnsiConsole.WriteLine($"         {examinations.Average(one => one.Baseline):F2} mpg for saying the training cars' mean of every car");
        AnsiConsole.WriteLine($"Saved    {options.Save}: loaded again, it says the same of every held-out car, to the bit");
        if (options.Report is not null)
        {
            AnsiConsole.WriteLine($"Report   {options.Report}");
        }

        return options.Require is { } required && !(mean <= required)
            ? SampleCommand.Fail($"the mean error is {mean:F2} mpg; at most {required:0.##} was required")
            : 0;
    }
}
