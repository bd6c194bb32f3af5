using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Writes inference, which needs memory on the way: a type whose method has it lent, for what a method has of its own the language clears
/// first.
/// </summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where to.</param>
internal sealed class LentPrinter(NetworkPlan plan, Section section)
{
    /// <summary>The memory that is lent.</summary>
    public const string Scratch = "scratch";

    /// <summary>A thread's share of a batch.</summary>
    public const string Share = "share";

    private const string Samples = "samples", Memory = "memory", Nothing = "_";

    /// <summary>The call, and the type.</summary>
    /// <param name="name">The method that calls it.</param>
    /// <param name="method">What it computes.</param>
    /// <param name="spans">The spans that the method has.</param>
    /// <param name="samplesGiven">How many samples there are, where the method has the references of the tensors instead; null where it has the spans.</param>
    public void Print(string name, MethodPlan method, Dictionary<Tensor, string> spans, int? samplesGiven)
    {
        bool isGiven = samplesGiven is not null;
        bool hasTotal = method.Kernels.Any(k => k.IsTotal);
        (Tensor Tensor, string Name)[] passed = spans.Select(s => (s.Key, isGiven ? MathPrinter.Memory(s.Key) : s.Value)).ToArray();

        // A loss may need nothing but the input.
        (Tensor Tensor, string Name) input = passed[0], other = passed.Length > 1 ? passed[1] : (passed[0].Tensor, Nothing);
        string type = Places.Type(other.Tensor);
        bool isLine = method.Form == MethodForm.Line;
        string user = section.Named(name + (isLine ? "Line" : "Pieces"), section.Kernels, n =>
        {
            var own = new CodeWriter();
            own.Open($"private readonly struct {n} : {(isLine ? "ISamples" : "IPieces")}<{type}>");
            // What needs no memory is a part of its caller.
            if (isLine || (method.Buffers.FloatsPerSample > 0 && method.Kernels.Any(k => k.Strategy.IsVectorised)))
            {
                own.Line(Section.OnItsOwn);
            }

            string references = $"ref float {input.Name}, ref {type} {other.Name}, ref float {Scratch}, NetworkMemory {Memory}";
            own.Open($"public double Run({(isLine ? $"int {Samples}, {references}" : $"{references}, in InferenceShare {Share}")})");
            new BodyPrinter(plan, section, own).PrintLent(method, passed.ToDictionary(p => p.Tensor, p => new Passed(p.Name, IsSpan: false)), samplesGiven);
            own.Separate();
            own.Line(hasTotal ? "return total;" : "return 0.0;");
            own.Close().Close();
            return own.ToString();
        });

        string Argument((Tensor Tensor, string Name) of) => isGiven ? "ref " + of.Name : spans[of.Tensor];
        string types = isLine ? $"{Room(method.Buffers.FloatsPerSample * (samplesGiven ?? 1))}, {user}, {type}" : $"{user}, {type}";
        string sizes = isLine ? string.Empty : string.Format(CultureInfo.InvariantCulture, "multiplyAdds: {0}, piece: {1}, granule: {2}, floatsPerSample: {3}, ", method.Split!.MultiplyAdds, plan.ScratchSamples, method.Split.Granule, method.Buffers.FloatsPerSample);
        string samples = isGiven ? Places.Number(samplesGiven!.Value) : Samples;
        section.Entries.Line($"{(hasTotal ? "double total = " : string.Empty)}Inference.Run<{types}>({samples}, {sizes}{Argument(input)}, {Argument(other)}, {Memory});");
    }

    // Room for so many floats, and for as many more as lie before a boundary.
    private static string Room(int floats)
    {
        string type = "Floats128";
        for (int held = Strategy.FewestLanes; held < floats + Strategy.MostLanes; held *= 2)
        {
            type = $"Twice<{type}>";
        }

        return type;
    }
}
