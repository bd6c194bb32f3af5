using System.Linq;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>How the training went, in a sentence or two.</summary>
internal static class Verdict
{
    /// <summary>A paragraph of HTML.</summary>
    public static string Write(ReportModel model)
    {
        int done = model.Result.History.Count == 0 ? 0 : model.Result.History[^1].Number;
        string end = model.Result.Reason switch
        {
            StopReason.Completed => model.Run.Epochs == 1 ? "Its one epoch is done." : $"All {Epochs(model.Run.Epochs)} are done.",
            StopReason.StoppedEarly => $"Stopped early, after {Epochs(done)} of {Numbers.Count(model.Run.Epochs)}: it had not got better for a while.",
            StopReason.Cancelled => $"Cancelled after {Epochs(done)} of {Numbers.Count(model.Run.Epochs)}.",
            _ => $"Diverged after {Epochs(done)}. {model.Result.Divergence?.Message ?? "The loss was no finite number."}",
        };
        if (model.Result.BestEpoch is { } best)
        {
            string loss = best.ValidationLoss is { } validation
                ? $"validation loss {Numbers.Short(validation)}" : $"training loss {Numbers.Short(best.TrainingLoss)}";
            string metrics = string.Concat(best.Metrics.Take(2).Select(m => $", {m.Name} {Numbers.Short(m.Value)}"));
            end += $" The best epoch was number {Numbers.Count(best.Number)}: {loss}{metrics}.";
        }

        return $"<p class=\"verdict{(model.Result.Reason == StopReason.Diverged ? " bad" : "")}\">{Html.Escape(end)}</p>";
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : Numbers.Count(count) + " epochs";
}
