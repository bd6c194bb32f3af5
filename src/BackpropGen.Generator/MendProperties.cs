using System.Globalization;

namespace BackpropGen.Generator;

/// <summary>
/// How the edits that mend an error travel from the analyzer to the code fix: the i-th in these properties of the diagnostic, its place in
/// the i-th additional location.
/// </summary>
internal static class MendProperties
{
    /// <summary>What the light bulb says.</summary>
    public static string Title(int mend) => Key(mend, nameof(Title));

    /// <summary>What the edit does: the name of a kind of mend.</summary>
    public static string Edit(int mend) => Key(mend, nameof(Edit));

    /// <summary>Which mends of other diagnostics go with it when all are fixed at once: one of the ways below.</summary>
    public static string Way(int mend) => Key(mend, nameof(Way));

    /// <summary>The new value, or the attribute to insert, as C#.</summary>
    public static string Text(int mend) => Key(mend, nameof(Text));

    /// <summary>What is likeliest for each: that a layer takes what it gets.</summary>
    public const string Likeliest = nameof(Likeliest);

    /// <summary>What comes next in likelihood: that a layer gets what it takes.</summary>
    public const string Second = nameof(Second);

    private static string Key(int mend, string name) => "Mend" + mend.ToString(CultureInfo.InvariantCulture) + "." + name;
}
