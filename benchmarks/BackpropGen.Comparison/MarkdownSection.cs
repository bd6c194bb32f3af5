using System;
using System.IO;

namespace BackpropGen.Comparison;

/// <summary>A part of a Markdown file that a program writes: what stands between the two comments that name it.</summary>
internal sealed class MarkdownSection
{
    private readonly string _path;
    private readonly string _head;
    private readonly string _tail;

    /// <summary>Finds the section: before hours of measuring, not after.</summary>
    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public MarkdownSection(string path, string name)
    {
        string text = File.ReadAllText(path);
        (string begin, string end) = ($"<!-- begin: {name} -->\n", $"<!-- end: {name} -->");
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int stop = start < 0 ? -1 : text.IndexOf(end, start, StringComparison.Ordinal);
        if (stop < 0)
        {
            throw new UserErrorException($"{path}: there is no section between \"{begin.TrimEnd()}\" and \"{end}\"");
        }

        (_path, _head, _tail) = (path, text[..(start + begin.Length)], text[stop..]);
    }

    public void Write(string content) => File.WriteAllText(_path, _head + content + _tail);
}
