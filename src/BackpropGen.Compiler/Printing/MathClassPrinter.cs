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
        bool isOf16 = Register.IsUsed(arithmetic, Register.TypeOf16);
        string[] machines = [Machine("Floats512", "Floats512"), Machine("Floats256", "Floats2x256"), Machine("Floats128", "Floats2x256")];
        var few = new FewPrinter(printer.OfFew, name, isGeneric: declaration.Target.HasFileTypes, otherwise: machines[2]);

        // C# 11 has both file-local types and operators on type parameters.
        bool usesFloats = Register.IsUsed(arithmetic) || !few.IsEmpty;
        bool isGeneric = usesFloats && declaration.Target.HasFileTypes;
        string modifier = declaration.Target.HasFileTypes ? "file" : "internal";

        writer.OpenNamespace("BackpropGen.Generated");
        Usings(writer, usesFloats, isGeneric, isOf16 || few.IsWide);
        writer.Line();
        writer.Line($"// The arithmetic of {declaration.Class}. Capital letters are tensors in memory, small ones their elements.");
        if (plan.IsStraightLine)
        {
            NetworkProgram largest = plan.Losses.Count > 0 ? plan.Losses[0].Backward.Program : plan.BackwardFrom.Program;
            writer.Line("// " + StraightLine.Reason(largest));
        }

        if (isGeneric)
        {
            writer.Line("// Floats is a register of neighbouring floats, as wide as the machine has them." + (isOf16 ? $" {Register.TypeOf16} is 16: a register, or two." : string.Empty));
            writer.Open($"{modifier} static class {name}<Floats{(isOf16 ? ", " + Register.TypeOf16 : string.Empty)}> where Floats : struct, IFloats<Floats>{(isOf16 ? " where " + Register.ConstraintOf16 : string.Empty)}");
            writer.Lines(arithmetic);
            writer.Close();
        }

        few.Class(writer, modifier);
        writer.Open($"{modifier} static class {name}");
        Memory(writer, plan);
        if (isGeneric)
        {
            foreach (Entry entry in printer.Entries)
            {
                writer.Separate();
                Choice(writer, entry, machines, few);
            }

            few.ChoiceOfOne(writer, plan);
        }
        else
        {
            writer.Lines(arithmetic);
        }

        few.Methods(writer);
        FewPrinter.Any(writer, plan);
        writer.Close();
        writer.CloseNamespace();

        string Machine(string floats, string of16) => $"{name}<{floats}{(isOf16 ? ", " + of16 : string.Empty)}>";
    }

    // The conditions are constants to the JIT: of the three, one is left.
    private static void Choice(CodeWriter writer, Entry entry, string[] machines, FewPrinter few)
    {
        string Call(int machine) => $"{machines[machine]}.{entry.Name}({entry.Arguments})";
        if (entry.MostOfFew == 1)
        {
            // A part of the member that calls it: a call more is a tenth of a small network's step.
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        }

        writer.Open($"public static {entry.Type} {entry.Name}({entry.Parameters})");
        few.Choice(writer, entry);
        if (entry.Type == "void")
        {
            writer.Open("if (Vector512.IsHardwareAccelerated)").Line(Call(0) + ";").End();
            writer.Open("else if (Vector256.IsHardwareAccelerated)").Line(Call(1) + ";").End();
            writer.Open("else").Line(Call(2) + ";").Close();
        }
        else
        {
            writer.Line($"return Vector512.IsHardwareAccelerated ? {Call(0)}");
            writer.Line($"    : Vector256.IsHardwareAccelerated ? {Call(1)}");
            writer.Line($"    : {Call(2)};");
        }

        writer.Close();
    }

    // Inside the namespace, where they come before anything that the user's project may call by the same names.
    private static void Usings(CodeWriter writer, bool usesFloats, bool isGeneric, bool isOf16)
    {
        writer.Line("using global::System;");
        writer.Line("using global::System.Runtime.CompilerServices;");
        writer.Line("using global::System.Runtime.InteropServices;");
        if (usesFloats)
        {
            writer.Line("using global::System.Runtime.Intrinsics;");
        }

        writer.Line("using global::BackpropGen.Runtime;");
        writer.Line("using static global::BackpropGen.Runtime.Scalars;");
        writer.Line("using static global::BackpropGen.Runtime.VectorMath;");
        if (usesFloats)
        {
            writer.Line("using static global::BackpropGen.Runtime.KernelOptions;");
        }

        if (usesFloats && !isGeneric)
        {
            writer.Line("using Floats = global::BackpropGen.Runtime.Floats256;");
            if (isOf16)
            {
                writer.Line($"using {Register.TypeOf16} = global::BackpropGen.Runtime.Floats2x256;");
            }
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
