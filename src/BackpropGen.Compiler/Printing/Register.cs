using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>What a value of the emitted code is held in: a register of neighbouring floats, or a single one.</summary>
/// <param name="Type">Its type in the emitted code.</param>
/// <param name="Count">How many floats it holds, as C#.</param>
internal sealed record Register(string Type, string Count)
{
    /// <summary>As wide as the machine has them.</summary>
    public static Register Wide { get; } = new("Floats", "Floats.Count");

    /// <summary>Four floats: for what is left behind the wide ones.</summary>
    public static Register Narrow { get; } = new("Floats128", Strategy.FewestLanes.ToString(CultureInfo.InvariantCulture));

    public static Register Single { get; } = new("float", "1");

    public bool IsVector => this != Single;

    /// <summary>A value in every lane.</summary>
    public string Create(string value) => IsVector ? $"{Type}.Create({value})" : value;

    /// <summary>A function of this register's values.</summary>
    public string Function(string name) => IsVector ? $"{Type}.{name}" : name;

    public string Zero => IsVector ? Type + ".Zero" : "0f";

    /// <summary>The lanes' width times a count, as C#.</summary>
    public string Width(int count) => count == 1 ? Count : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", count, Count);
}
