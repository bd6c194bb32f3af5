using System;
using System.IO;

namespace BackpropGen.Comparison;

/// <summary>A part of a Markdown file that a program writes: what stands between the two comments that name it.</summary>
internal static class MarkdownSection
{
    public static void Write(string path, string name, string content)
    {
        string text = File.ReadAllText(path);
        (string begin, string end) = ($"<!-- begin: {name} -->\n", $"<!-- end: {name} -->");
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int stop = start < 0 ? -1 : text.IndexOf(end, start, StringComparison.Ordinal);
        if (stop < 0)
        {
            throw new UserErrorException($"{path}: there is no section between \"{begin.TrimEnd()}\" and \"{end}\"");
        }

        File.WriteAllText(path, text[..(start + begin.Length)] + content + text[stop..]);
    }
}
