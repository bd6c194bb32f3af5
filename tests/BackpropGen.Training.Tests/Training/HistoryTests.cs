using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class HistoryTests
{
    private static readonly IReadOnlyList<EpochResult> Example =
    [
        new(1, 0.1f, 1.0 / 3, 0.25, [new("accuracy", 0.5), new("odd, \"name\"", double.NaN)], TimeSpan.FromTicks(12_345_678), 100, true),
        new(2, 1e-8f, 1e-300, 0.125, [new("accuracy", 1.0 / 7), new("odd, \"name\"", double.NegativeInfinity)], TimeSpan.FromTicks(1), 100, false),
    ];

    [Fact]
    public void As_CSV_it_is_what_one_would_read()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A decimal comma, and a minus sign of its own.
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            Assert.Equal(
                "epoch,learning rate,training loss,validation loss,accuracy,\"odd, \"\"name\"\"\",seconds,samples per second,samples,best\n"
                + "1,0.1,0.3333333333333333,0.25,0.5,NaN,1.2345678,81.00000664200054,100,1\n"
                + "2,1E-08,1E-300,0.125,0.14285714285714285,-Infinity,1E-07,1000000000,100,0\n",
                TrainingHistory.ToCsv(Example));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_was_written_is_read_to_the_bit()
    {
        string path = Path.GetTempFileName();
        try
        {
            TrainingHistory.WriteCsv(Example, path);
            IReadOnlyList<EpochResult> read = TrainingHistory.ReadCsv(path);
            Assert.Equal(2, read.Count);
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(Example[i].Metrics, read[i].Metrics);
                Assert.Equal(Example[i] with { Metrics = [] }, read[i] with { Metrics = [] });
            }
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Empty(TrainingHistory.FromCsv(TrainingHistory.ToCsv([])));
    }

    [Fact]
    public void Without_validation_the_column_is_empty()
    {
        string text = TrainingHistory.ToCsv([Example[0] with { ValidationLoss = null, Metrics = [] }]);
        Assert.Contains("\n1,0.1,0.3333333333333333,,1.2345678,", text, StringComparison.Ordinal);
        Assert.Null(TrainingHistory.FromCsv(text)[0].ValidationLoss);
    }

    [Theory]
    [InlineData("", "Line 1 of the history is ''")]
    [InlineData("epoch,loss\n", "Line 1 of the history is 'epoch,loss'")]
    [InlineData("epoch,learning rate,training loss,validation loss,seconds,samples per second,samples,best\n1,2\n", "Line 2 of the history has 2 cells; expected 8.")]
    [InlineData("epoch,learning rate,training loss,validation loss,seconds,samples per second,samples,best\n1,x,3,4,5,6,7,1\n", "Line 2 of the history, column 'learning rate': found 'x', expected a number.")]
    public void What_is_no_history_is_refused(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => TrainingHistory.FromCsv(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Epochs_with_other_metrics_are_refused() =>
        Assert.Throws<ArgumentException>("history", () => TrainingHistory.ToCsv([Example[0], Example[1] with { Metrics = [] }]));
}
