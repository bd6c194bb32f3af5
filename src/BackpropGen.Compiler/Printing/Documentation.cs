using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>XML documentation comments.</summary>
internal static class Documentation
{
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A summary, then whole elements as they are given.</summary>
    public static IReadOnlyList<string> Document(string summary, params string[] elements) => [$"<summary>{summary}</summary>", .. elements];

    /// <summary>What is said where the member is declared.</summary>
    public static IReadOnlyList<string> Inherited(string member) => [$"<inheritdoc cref=\"{member}\"/>"];

    public static string Param(string name, string text) => $"<param name=\"{name}\">{text}</param>";

    public static string Throws(string exception, string text) => $"<exception cref=\"global::System.{exception}\">{text}</exception>";
}
