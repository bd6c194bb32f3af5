using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BackpropGen.Compiler;

/// <summary>What a value of the emitted code is held in: a register of neighbouring floats, or a single one.</summary>
/// <param name="Type">Its type in the emitted code.</param>
/// <param name="Count">How many floats it holds, as C#.</param>
/// <param name="First">Of how many of its floats memory is read and written, where not of all; the others are 0, or what is read beyond.</param>
internal sealed record Register(string Type, string Count, int? First = null)
{
    /// <summary>Memory is read beyond the first floats, and the others are whatever is there.</summary>
    public bool ReadsBeyond { get; init; }

    private int? Loaded => ReadsBeyond ? null : First;

    /// <summary>As wide as the machine has them.</summary>
    public static Register Wide { get; } = new("Floats", "Floats.Count");

    /// <summary>Four floats: for what is left behind the wide ones.</summary>
    public static Register Narrow { get; } = Of(Strategy.FewestLanes);

    public static Register Single { get; } = new("float", "1");

    public bool IsVector => this != Single;

    /// <summary>16 floats: one register or two, as the machine has them.</summary>
    public const string TypeOf16 = "Floats16";

    /// <summary>What it is as a type parameter.</summary>
    public const string ConstraintOf16 = TypeOf16 + " : struct, IFloats<" + TypeOf16 + ">, IHalves<" + TypeOf16 + ", Floats256>";

    /// <summary>A register of so many floats: 16, 8, 4, or the first 3 or 2 of 4.</summary>
    public static Register Of(int lanes) => lanes < Strategy.FewestLanes
        ? Of(Strategy.FewestLanes) with { First = lanes }
        : new Register(lanes == Strategy.MostLanes ? TypeOf16 : "Floats" + Number(lanes * 32), Number(lanes));

    /// <summary>Whether some text uses a register's type: the word by itself, which names may begin with.</summary>
    /// <param name="text">C#.</param>
    /// <param name="type">The type; null for any.</param>
    public static bool IsUsed(string text, string? type = null) => Regex.IsMatch(text, $@"\b{type ?? @"Floats\d*"}\b");

    /// <summary>A register that is wider than what it stands for, which memory may be read beyond.</summary>
    public static Register Beyond(int lanes, int first) => Of(lanes) with { First = first, ReadsBeyond = true };

    /// <summary>A value in every lane.</summary>
    public string Create(string value) => IsVector ? $"{Type}.Create({value})" : value;

    /// <summary>Neighbours in memory, or the single value there.</summary>
    public string Load(string memory, string offset) => !IsVector
        ? At(memory, offset)
        : Loaded is { } first ? $"{Type}.LoadFirst({Number(first)}, ref {memory}, {offset})" : $"{Type}.Load(ref {memory}, {offset})";

    /// <summary>The statement that stores a value; it is a name or a call.</summary>
    public string Store(string value, string memory, string offset) => !IsVector
        ? $"{At(memory, offset)} = {value};"
        : First is { } first ? $"{value}.StoreFirst({Number(first)}, ref {memory}, {offset});" : $"{value}.Store(ref {memory}, {offset});";

    /// <summary>The declaration of a local. Its type is left out where the value says it.</summary>
    public string Declare(string name, string value) =>
        $"{(value.StartsWith(Type + ".", StringComparison.Ordinal) && IsOperand(value) ? "var" : Type)} {name} = {value};";

    /// <summary>The declaration of a local that holds a tensor's value.</summary>
    public string Declare(Tensor tensor, string name, string value) =>
        tensor.Element == ElementKind.I32 && !IsVector ? $"int {name} = {value};" : Declare(name, value);

    /// <summary>A name, or one call from its first parenthesis to its last: what a member may follow without parentheses.</summary>
    public static bool IsOperand(string value)
    {
        int depth = 0;
        foreach (char letter in value)
        {
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0 && !char.IsLetterOrDigit(letter) && letter is not ('_' or '.' or ')'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A function of this register's values.</summary>
    public string Function(string name) => IsVector ? $"{Type}.{name}" : name;

    /// <summary>The start of a call of a function that reads memory, or replaces it.</summary>
    public string Call(string name) => Loaded is { } first ? $"{Type}.{name}First({Number(first)}, " : $"{Type}.{name}(";

    public string Zero => IsVector ? Type + ".Zero" : "0f";

    /// <summary>The lanes' width times a count, as C#.</summary>
    public string Width(int count) => count == 1 ? Count : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", count, Count);

    private static string At(string memory, string offset) => offset == "0" ? memory : $"Unsafe.Add(ref {memory}, {offset})";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
