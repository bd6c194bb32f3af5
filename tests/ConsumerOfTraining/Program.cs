using BackpropGen;
using BackpropGen.Data;
using BackpropGen.Mpi;
using BackpropGen.Reporting;
using BackpropGen.Training;

// A table of points and whether they are within a circle, from a file as users have it.
var random = new Random(1);
File.WriteAllLines("points.csv", Enumerable.Range(0, 1000).Select(_ =>
{
    (double x, double y) = (2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
    return FormattableString.Invariant($"{x:F3},{y:F3},{(x * x + y * y < 0.6 ? "inside" : "outside")}");
}).Prepend("x,y,where"));
RawTable table = CsvFile.Read("points.csv", CsvFormat.Comma, [.. Column.Numbers(["x", "y"]), Column.Label("where")]);
(RawTable train, RawTable held) = table.Split(0.8, seed: 1);
TableEncoding encoding = TableEncoding.Fit(train);

var net = new CircleNet();
var trainer = new LabelTrainer<CircleNet>(net, encoding.ToLabels(train), encoding.ToLabels(held))
{
    Epochs = 40,
    BatchSize = 20,
    Checkpoints = new CheckpointOptions("circle.checkpoint"),
};
trainer.Metrics.Add(Metric.Accuracy());
trainer.Observers.Add(new TerminalProgress());
trainer.Observers.Add(new HtmlReport("circle.html", new ReportOptions { Examples = encoding.ToLabels(held) }));
double accuracy = trainer.Run().History[^1].Metrics[0].Value;

Weights.Save(net, "circle.safetensors");
var loaded = new CircleNet();
Weights.Load(loaded, "circle.safetensors");
bool same = loaded.Parameters.SequenceEqual(net.Parameters);
Console.WriteLine(FormattableString.Invariant($"accuracy {accuracy:F3}, loaded the same: {same}, report of {new FileInfo("circle.html").Length} bytes, MPI {(MpiCollective.IsAvailable ? "is" : "is not")} there"));
return accuracy > 0.95 && same && File.ReadAllText("circle.html").Contains("inside", StringComparison.Ordinal) ? 0 : 1;

[Affine(2, 16)]
[Relu]
[Affine(16, 2)]
[CrossEntropyLoss]
[Adam(0.01f)]
internal sealed partial class CircleNet;
