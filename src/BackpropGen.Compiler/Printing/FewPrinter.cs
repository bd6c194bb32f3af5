using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>
/// Writes where the code for a few samples stands, and what sends them there. It is for registers of a fixed width: 16 floats are one or
/// two, as the machine has them, so that it is a class of its own; where a machine's are narrower still, loops of any width do better.
/// </summary>
/// <param name="methods">The methods; empty where there are none.</param>
/// <param name="name">The name of the class that holds the arithmetic.</param>
/// <param name="isGeneric">The language has operators on type parameters.</param>
/// <param name="otherwise">The class for machines whose registers are narrower.</param>
internal sealed class FewPrinter(string methods, string name, bool isGeneric, string otherwise)
{
    private const string IsThere512 = "Vector512.IsHardwareAccelerated";

    // Of one sample, most sums wait for another: on a processor that takes 512 bits as two halves, inference is up to 10 % faster in registers of 256, also
    // of 64-64, and so is a step: 16-16's by 15 %, wider ones' by 2. What is in many methods has units to fill between them: 40-40-40's gradients
    // take 8 % longer so.
    private const string IsWhole512 = "Processor.Computes512AtOnce";

    private const string IsThere256 = "Vector256.IsHardwareAccelerated";

    public bool IsEmpty => methods.Length == 0;

    /// <summary>There are registers of 16 floats in it.</summary>
    public bool IsWide { get; } = Register.IsUsed(methods, Register.TypeOf16);

    private bool HasClass => isGeneric && (IsWide || Register.IsUsed(methods, "Floats256"));

    // A condition, and whose methods are meant where it holds.
    private IReadOnlyList<(string? When, string Prefix)> Machines(bool isBusy) =>
        !HasClass ? [(null, string.Empty)]
        : IsWide ? [(isBusy ? IsThere512 : IsWhole512, $"{name}OfFew<Floats512>."), (IsThere256, $"{name}OfFew<Floats2x256>.")]
        : [(IsThere256, $"{name}OfFew.")];

    /// <summary>The class, where it is one of its own.</summary>
    public void Class(CodeWriter writer, string modifier)
    {
        if (!HasClass)
        {
            return;
        }

        writer.Line("// For a few samples." + (IsWide ? $" {Register.TypeOf16} is 16 floats: a register, or two." : string.Empty));
        writer.Open($"{modifier} static class {name}OfFew" + (IsWide ? $"<{Register.TypeOf16}> where {Register.ConstraintOf16}" : string.Empty));
        writer.Lines(methods);
        writer.Close();
    }

    /// <summary>The methods, where they have no class of their own.</summary>
    public void Methods(CodeWriter writer)
    {
        if (!HasClass)
        {
            writer.Lines(methods);
        }
    }

    /// <summary>Sends a few samples there.</summary>
    public void Choice(CodeWriter writer, Entry entry) => Choice(writer, entry, Machines(entry.IsBusy));

    /// <summary>Sends a few samples to one of several methods.</summary>
    public static void Choice(CodeWriter writer, Entry entry, IReadOnlyList<(string? When, string Prefix)> machines)
    {
        if (entry.MostOfFew == 0)
        {
            return;
        }

        foreach ((string? when, string prefix) in machines)
        {
            int most = when == IsThere256 ? entry.MostOfFewInFewRegisters : entry.MostOfFew;
            writer.Open(string.Format(CultureInfo.InvariantCulture, "if ({0}samples {1} {2})", when is null ? string.Empty : when + " && ", most == 1 ? "==" : "<=", most));
            string call = $"{prefix}{entry.NameOfFew}({entry.Arguments});";
            writer.Line(entry.Type == "void" ? call : "return " + call);
            if (entry.Type == "void")
            {
                writer.Line("return;");
            }

            writer.Close();
        }

        writer.Separate();
    }

    /// <summary>Checks what is not one sample, apart from the way that one takes.</summary>
    public static void Any(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Forward.Few is null)
        {
            return;
        }

        Network network = plan.Programs.Network;
        writer.Separate();
        writer.Line(Section.OnItsOwn);
        writer.Open($"public static void {EntryPrinter.ForwardOfAny}(ReadOnlySpan<float> input, Span<float> output, NetworkMemory memory)");
        writer.Line(string.Format(CultureInfo.InvariantCulture, "Forward(Guard.Forward(input, {0}, output, {1}), input, output, memory);", network.Input.SizePerSample, network.Output.SizePerSample));
        writer.Close();
    }

    /// <summary>Sends one sample there.</summary>
    public void ChoiceOfOne(CodeWriter writer, NetworkPlan plan)
    {
        if (!HasClass || plan.Forward.Few is null)
        {
            return;
        }

        Network network = plan.Programs.Network;
        (Tensor input, Tensor output) = (network.Input, network.Output);
        (string x, string y) = (MathPrinter.Memory(input), MathPrinter.Memory(output));
        writer.Separate();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Open($"public static void {EntryPrinter.ForwardOfOne}(ref float {x}, ref float {y}, NetworkMemory memory)");
        IReadOnlyList<(string? When, string Prefix)> machines = Machines(isBusy: false);
        foreach ((string? when, string prefix) in machines)
        {
            writer.Open($"{(prefix == machines[0].Prefix ? string.Empty : "else ")}if ({when})").Line($"{prefix}{EntryPrinter.ForwardOfOne}(ref {x}, ref {y}, memory);").End();
        }

        string Span(string kind, string memory, Tensor tensor) => string.Format(CultureInfo.InvariantCulture, "MemoryMarshal.Create{0}(ref {1}, {2})", kind, memory, tensor.SizePerSample);
        writer.Open("else").Line($"{otherwise}.Forward(1, {Span("ReadOnlySpan", x, input)}, {Span("Span", y, output)}, memory);").Close();
        writer.Close();
    }
}
