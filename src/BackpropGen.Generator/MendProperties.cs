using System.Globalization;

namespace BackpropGen.Diagnostics;

/// <summary>
/// How the edits that mend an error travel from the analyzer to the code fix: the i-th in these properties of the diagnostic, its place in
/// the i-th additional location. Compiled into both assemblies, which do not reference each other.
/// </summary>
internal static class MendProperties
{
    /// <summary>What the light bulb says.</summary>
    public static string Title(int mend) => Key(mend, nameof(Title));

    /// <summary>What the edit does: <see cref="ReplaceHere"/>, <see cref="ReplaceEarlier"/> or <see cref="Insert"/>.</summary>
    public static string Edit(int mend) => Key(mend, nameof(Edit));

    /// <summary>The new value, or the attribute to insert, as C#.</summary>
    public static string Text(int mend) => Key(mend, nameof(Text));

    /// <summary>The argument to edit, absent for an attribute to insert.</summary>
    public static string Argument(int mend) => Key(mend, nameof(Argument));

    /// <summary>An argument of the layer at fault gets another value.</summary>
    public const string ReplaceHere = nameof(ReplaceHere);

    /// <summary>An argument of another layer gets another value.</summary>
    public const string ReplaceEarlier = nameof(ReplaceEarlier);

    /// <summary>An attribute is inserted before the one at the location.</summary>
    public const string Insert = nameof(Insert);

    private static string Key(int mend, string name) => "Mend" + mend.ToString(CultureInfo.InvariantCulture) + "." + name;
}
