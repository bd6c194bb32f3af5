using System;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public class ExamplesOfRecordsTests
{
    private sealed record Car(float Weight, int Year, float Mpg, bool IsFast);

    private static readonly Car[] Cars = [new(1, 70, 15, true), new(2, 71, 18, false), new(3, 82, 31, true)];

    [Fact]
    public void Records_become_examples_in_their_order()
    {
        TargetExamples mpg = TargetExamples.From(Cars, 2, (car, x) => (x[0], x[1]) = (car.Weight, car.Year), 1, (car, y) => y[0] = car.Mpg);
        LabelExamples fast = LabelExamples.From(Cars.Where(car => car.Year > 70), 1, (car, x) => x[0] = car.Weight, car => car.IsFast ? 1 : 0, ["slow", "fast"]);

        Assert.Equal(3, mpg.Count);
        Assert.Equal([3f, 82], mpg.Input(2).ToArray());
        Assert.Equal([18f], mpg.Target(1).ToArray());
        Assert.Equal([0, 1], [fast.Target(0)[0], fast.Target(1)[0]]);
    }

    [Fact]
    public void What_a_record_does_not_write_is_zero()
    {
        TargetExamples examples = TargetExamples.From(Enumerable.Range(0, 1000), 3, (i, x) => x[i % 3] = i, 2, (i, y) => y[1] = -i);

        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(Enumerable.Range(0, 3).Select(j => j == i % 3 ? (float)i : 0), examples.Input(i).ToArray());
            Assert.Equal([0f, -i], examples.Target(i).ToArray());
        }
    }

    [Fact]
    public void Arrays_become_examples_row_by_row()
    {
        TargetExamples targets = TargetExamples.From(new float[,] { { 1, 2 }, { 3, 4 } }, new float[,] { { 5 }, { 6 } });
        LabelExamples labels = LabelExamples.From(new float[,] { { 1, 2 }, { 3, 4 } }, [1, 0]);
        float[][] jagged = [[1, 2], [3, 4]];
        LabelExamples rows = LabelExamples.From(jagged, 2, (row, x) => row.CopyTo(x), row => (int)row[0]);

        Assert.Equal([3f, 4], targets.Input(1).ToArray());
        Assert.Equal([6f], targets.Target(1).ToArray());
        Assert.Equal([3f, 4], labels.Input(1).ToArray());
        Assert.Equal([3f, 4], rows.Input(1).ToArray());
    }

    [Fact]
    public void What_does_not_fit_together_is_said()
    {
        Assert.StartsWith("1 targets for 2 inputs; expected 2.", Assert.Throws<ArgumentException>(() => TargetExamples.From(new float[2, 2], new float[1, 1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("3 labels for 2 inputs; expected 2.", Assert.Throws<ArgumentException>(() => LabelExamples.From(new float[2, 2], [0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TargetExamples.From(new float[2, 0], new float[2, 1]));
        Assert.Throws<ArgumentException>(() => LabelExamples.From(Cars, 1, (_, _) => { }, _ => -1));
        Assert.Throws<ArgumentException>(() => LabelExamples.From((float[][])[[1, 2, 3]], 2, (row, x) => row.CopyTo(x), _ => 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelExamples.From(Cars, 0, (_, _) => { }, _ => 0));
    }
}
