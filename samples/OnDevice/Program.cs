using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Samples;

namespace OnDevice;

internal static class Program
{
    private const int Months = 24;

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return Run(args);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }
    }

    private static int Run(string[] args)
    {
        if (args is ["--help"])
        {
            Console.WriteLine(Arguments.Usage);
            return 0;
        }

        Arguments arguments = Arguments.Parse(args);
        FactoryCalibration factory = arguments.Weights is null ? FactoryCalibration.BuiltIn() : FactoryCalibration.Open(arguments.Weights);
        if (arguments.Live is { } path)
        {
            PowerCuts.Live(factory, path, arguments.Seed);
            return 0;
        }

        if (arguments.Check is { } state)
        {
            var device = new Device(factory);
            device.Restore(state);
            Console.WriteLine($"{state}: a device that has lived {device.Hours / 24} days, of this factory's network");
            return 0;
        }

        Console.WriteLine($"Program    {Describe()}");
        Console.WriteLine($"Network    5-16-16-1 tanh, {DeviceNet.ParameterCount} parameters from {arguments.Weights ?? "the factory, built in"}; the last 17 learn");
        Console.WriteLine();
        return Compare(factory, arguments);
    }

    private static string Describe() => RuntimeFeature.IsDynamicCodeSupported
        ? "compiled as it runs (\"dotnet publish\" makes a native one)"
        : $"{new FileInfo(Environment.ProcessPath!).Length / 1e6:F2} MB, native, all in one file";

    private static int Compare(FactoryCalibration factory, Arguments arguments)
    {
        var still = new Trial(factory, arguments.Seed, Ageing.None, Months);
        var filter = new Trial(factory, arguments.Seed, Ageing.Filter, Months);
        var elements = new Trial(factory, arguments.Seed, Ageing.Elements, Months);
        Trial[] trials = [still, filter, elements];
        var years = new Errors[trials.Length];

        Console.WriteLine("How far the concentration is off, in percent: the network as delivered, its output corrected by offset and gain, its last layer adapted.");
        Console.WriteLine("               nothing ages         |      the filter clogs       |   each element ages by itself");
        Console.WriteLine("month   deliv.  corr.  last layer   |  deliv.  corr.  last layer  |  deliv.  corr.  last layer");
        for (int month = 1; month <= Months; month++)
        {
            var row = new StringBuilder(FormattableString.Invariant($"{month,5}"));
            for (int i = 0; i < trials.Length; i++)
            {
                Errors errors = trials[i].Run(Field.HoursPerMonth);
                years[i] = month > Months / 2 ? years[i] + (1.0 / (Months / 2)) * errors : years[i];
                row.Append(CultureInfo.InvariantCulture, $"{errors.Delivered,9:F1}{errors.Corrected,7:F1}{errors.Adapted,9:F1}{(i < trials.Length - 1 ? "     |" : string.Empty)}");
            }

            bool isWrong = month > Field.WrongFrom / Field.HoursPerMonth && (month - 1) * Field.HoursPerMonth < Field.WrongTo;
            Console.WriteLine($"{row}{(isWrong ? "   for two weeks the reference says half" : string.Empty)}");
        }

        Console.WriteLine();
        Console.WriteLine("In the second year, the mean of its months:");
        Say("nothing ages", years[0]);
        Say("the filter clogs", years[1]);
        Say("each element ages by itself", years[2]);
        Console.WriteLine();
        SayLessons(factory, elements, arguments.Seed);
        bool isFree = SayCosts(elements);
        (int cuts, bool isSame) = PowerCuts.Try(factory, arguments.Weights, arguments.Seed);
        Console.WriteLine($"Power      cut {cuts} times in 120 days, saved after each reading: {(isSame ? "the file is the same, to the bit, as without a cut" : "the file DIFFERS from the one without a cut")}");
        return Verdict(years, isFree, cuts, isSame);
    }

    private static void Say(string what, Errors errors) =>
        Console.WriteLine($"   {what,-28} as delivered {errors.Delivered,5:F1} %   offset and gain {errors.Corrected,5:F1} %   last layer {errors.Adapted,5:F1} %");

    private static void SayLessons(FactoryCalibration factory, Trial trial, int seed)
    {
        Console.WriteLine($"Reference  {trial.Count(Lesson.Learnt)} readings learnt from; left out: {trial.Count(Lesson.Impossible)} that are no concentration, {trial.Count(Lesson.Outlier)} too far from what was expected");
        Console.WriteLine($"Rollback   {(trial.Rollbacks.Count == 0 ? "none" : $"to the factory's weights on day {string.Join(", ", trial.Rollbacks)}; the wrong reference was put right on day {Field.WrongTo / 24}")}");
        double trusting = new Trial(factory, seed, Ageing.Elements, Months, gated: false).Run(Months * Field.HoursPerMonth).Adapted;
        Console.WriteLine($"           without gate and rollback the error of the two years is {(double.IsNaN(trusting) ? "NaN: the first answer that is no number makes all weights so" : $"{trusting:F1} %")}");
    }

    private static bool SayCosts(Trial trial)
    {
        double clock = Latencies.OfTheClock();
        Console.WriteLine($"Estimate   p50 {trial.Estimating.Percentile(0.5):F0} ns   p99 {trial.Estimating.Percentile(0.99):F0} ns   ({clock:F0} ns of each are two looks at the clock)");
        Console.WriteLine($"Learning   p50 {trial.Learning.Percentile(0.5) / 1e3:F1} µs   p99 {trial.Learning.Percentile(0.99) / 1e3:F1} µs for a reference reading: {Device.StepsPerReference} training steps over the last {Device.Remembered} of them");
        Console.WriteLine($"           {trial.Allocated} bytes allocated; the network stays within its budget of 16 KB, or it would not build");
        return trial.Allocated == 0;
    }

    private static int Verdict(Errors[] years, bool isFree, int cuts, bool isSame)
    {
        (Errors still, Errors filter, Errors elements) = (years[0], years[1], years[2]);
        return !(still.Adapted < 2 * still.Delivered) ? Fail($"{still.Adapted:F1} % where nothing ages; expected less than twice the {still.Delivered:F1} % as delivered")
            : !(filter.Adapted < 0.25 * filter.Delivered) ? Fail($"{filter.Adapted:F1} % where the filter clogs; expected less than a quarter of the {filter.Delivered:F1} % as delivered")
            : !(elements.Adapted < 0.25 * elements.Delivered) ? Fail($"{elements.Adapted:F1} % where the elements age; expected less than a quarter of the {elements.Delivered:F1} % as delivered")
            : !(elements.Adapted < elements.Corrected) ? Fail($"{elements.Adapted:F1} % where the elements age; expected less than the {elements.Corrected:F1} % of offset and gain")
            : !isFree ? Fail("memory was allocated; expected none")
            : cuts == 0 ? Fail("the power was never cut; expected to cut it")
            : !isSame ? Fail("after power cuts the device is not what it is without; expected the same bits")
            : 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return 1;
    }
}
