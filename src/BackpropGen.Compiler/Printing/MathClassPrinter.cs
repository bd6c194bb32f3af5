using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>
/// Writes the class that holds a network's arithmetic. Where the language can, it is written once for registers of any width, and a second
/// class of the same name chooses the machine's.
/// </summary>
internal static class MathClassPrinter
{
    public static void Print(CodeWriter writer, NetworkDeclaration declaration, NetworkPlan plan, string name)
    {
        // Below C# 11 there is no class before the arithmetic's that could send a few samples another way.
        var printer = new EntryPrinter(plan) { ChoosesItself = !declaration.Target.HasFileTypes };
        printer.Print();
        string arithmetic = printer.OfPieces;

        // C# 11 has both file-local types and operators on type parameters.
        bool usesFloats = arithmetic.Contains("Floats") || printer.OfFew.Length > 0;
        bool isGeneric = usesFloats && declaration.Target.HasFileTypes;
        string modifier = declaration.Target.HasFileTypes ? "file" : "internal";

        writer.OpenNamespace("BackpropGen.Generated");
        Usings(writer, declaration.Target, usesFloats, isGeneric);
        writer.Line();
        writer.Line($"// The arithmetic of {declaration.Class}. Capital letters are tensors in memory, small ones their elements.");
        if (plan.IsStraightLine)
        {
            NetworkProgram largest = plan.Losses.Count > 0 ? plan.Losses[0].Backward.Program : plan.BackwardFrom.Program;
            writer.Line("// " + StraightLine.Reason(largest));
        }

        if (isGeneric)
        {
            writer.Line("// Floats is a register of neighbouring floats, as wide as the machine has them.");
            writer.Open($"{modifier} static class {name}<Floats> where Floats : struct, IFloats<Floats>");
            writer.Lines(arithmetic);
            writer.Close();
        }

        writer.Open($"{modifier} static class {name}");
        Memory(writer, plan);
        if (isGeneric)
        {
            foreach (Entry entry in printer.Entries)
            {
                writer.Separate();
                Choice(writer, entry, name);
            }
        }
        else
        {
            writer.Lines(arithmetic);
        }

        writer.Lines(printer.OfFew);
        writer.Close();
        writer.CloseNamespace();
    }

    // The conditions are constants to the JIT: of the three, one is left.
    private static void Choice(CodeWriter writer, Entry entry, string name)
    {
        string Call(int bits) => string.Format(CultureInfo.InvariantCulture, "{0}<Floats{1}>.{2}({3})", name, bits, entry.Name, entry.Arguments);
        writer.Open($"public static {entry.Type} {entry.Name}({entry.Parameters})");
        Few(writer, entry);
        if (entry.Type == "void")
        {
            writer.Open("if (Vector512.IsHardwareAccelerated)").Line(Call(512) + ";").End();
            writer.Open("else if (Vector256.IsHardwareAccelerated)").Line(Call(256) + ";").End();
            writer.Open("else").Line(Call(128) + ";").Close();
        }
        else
        {
            writer.Line($"return Vector512.IsHardwareAccelerated ? {Call(512)}");
            writer.Line($"    : Vector256.IsHardwareAccelerated ? {Call(256)}");
            writer.Line($"    : {Call(128)};");
        }

        writer.Close();
    }

    /// <summary>Sends a few samples another way.</summary>
    public static void Few(CodeWriter writer, Entry entry)
    {
        if (entry.MostOfFew == 0)
        {
            return;
        }

        writer.Open(string.Format(CultureInfo.InvariantCulture, entry.MostOfFew == 1 ? "if (samples == {0})" : "if (samples <= {0})", entry.MostOfFew));
        string call = $"{entry.NameOfFew}({entry.Arguments});";
        writer.Line(entry.Type == "void" ? call : "return " + call);
        if (entry.Type == "void")
        {
            writer.Line("return;");
        }

        writer.Close();
        writer.Separate();
    }

    // Inside the namespace, where they come before anything that the user's project may call by the same names.
    private static void Usings(CodeWriter writer, TargetCapabilities target, bool usesFloats, bool isGeneric)
    {
        writer.Line("using global::System;");
        writer.Line("using global::System.Runtime.CompilerServices;");
        writer.Line("using global::System.Runtime.InteropServices;");
        if (isGeneric)
        {
            writer.Line("using global::System.Runtime.Intrinsics;");
        }

        writer.Line("using global::BackpropGen.Runtime;");
        writer.Line("using static global::BackpropGen.Runtime.Scalars;");
        writer.Line("using static global::BackpropGen.Runtime.VectorMath;");
        writer.Line("using static global::System.Runtime.CompilerServices.MethodImplOptions;");
        if (usesFloats && !isGeneric)
        {
            writer.Line("using Floats = global::BackpropGen.Runtime.Floats256;");
        }
    }

    private static void Memory(CodeWriter writer, NetworkPlan plan)
    {
        Network network = plan.Programs.Network;
        string rate = Literals.Float(network.Shape.Optimizer?.Rate ?? 0);
        writer.Line("public static readonly global::System.Collections.Generic.IReadOnlyList<NetworkTensor> Tensors = Array.AsReadOnly(new NetworkTensor[]");
        writer.Open();
        foreach (Tensor tensor in network.Parameters)
        {
            ParameterSlot slot = tensor.Slot!;
            writer.Line(string.Format(
                CultureInfo.InvariantCulture,
                "new NetworkTensor(\"{0}\", \"{1}\", {2}, {3}, {4}, {5}),",
                slot.Name,
                slot.Layer,
                slot.Layout is { } layout ? $"{nameof(WeightLayout)}.{layout}" : "null",
                slot.Offset,
                slot.IsTrainable ? "true" : "false",
                string.Join(", ", tensor.Extents)));
        }

        writer.Close("});");
        writer.Line();
        writer.Open("public static NetworkMemory CreateMemory()");
        writer.Line(string.Format(
            CultureInfo.InvariantCulture,
            "var memory = new NetworkMemory(parameterCount: {0}, optimizerStateCount: {1}, workspaceCount: {2}, scratchCount: {3}, learningRate: {4});",
            network.ParameterCount,
            plan.Update?.StateCount ?? 0,
            plan.WorkspaceFloats,
            plan.ScratchFloats,
            rate));
        writer.Line("Initialize(memory, 0);");
        writer.Line("return memory;");
        writer.Close();
        writer.Open("public static void Initialize(NetworkMemory memory, int seed)");
        writer.Line($"memory.Reset({rate});");
        int stream = 0;
        foreach (Tensor tensor in network.Parameters)
        {
            ParameterSlot slot = tensor.Slot!;
            string span = string.Format(CultureInfo.InvariantCulture, "memory.Parameters.Slice({0}, {1})", slot.Offset, slot.Length);
            writer.Line(slot.Start.Kind == InitializationKind.Zeros
                ? $"Initialization.Zeros({span});"
                : string.Format(CultureInfo.InvariantCulture, "Initialization.{0}({1}, seed, {2}, {3});", slot.Start.Kind, span, stream, Literals.Float(slot.Start.Scale)));
            stream++;
        }

        writer.Close();
    }
}
