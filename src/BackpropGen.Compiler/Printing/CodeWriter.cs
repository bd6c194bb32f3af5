using System.Text;

namespace BackpropGen.Compiler;

/// <summary>Lines of C#, indented; <c>\n</c> everywhere.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;
    private bool isBehindBlock;

    /// <summary>A line, or a statement that is several; an empty one comes before it where a block has just ended.</summary>
    public CodeWriter Line(string line)
    {
        if (isBehindBlock && line.Length > 0)
        {
            text.Append('\n');
        }

        isBehindBlock = false;
        if (line.Length > 0)
        {
            text.Append(' ', depth * 4).Append(line.IndexOf('\n') < 0 ? line : line.Replace("\n", "\n" + new string(' ', depth * 4)));
        }

        text.Append('\n');
        return this;
    }

    public CodeWriter Line() => Line(string.Empty);

    /// <summary>Text that was written elsewhere.</summary>
    public CodeWriter Lines(string written)
    {
        int end = written.Length;
        while (end > 0 && written[end - 1] == '\n')
        {
            end--;
        }

        if (end == 0)
        {
            return this;
        }

        // Without a string for each line: a network's text comes by here several times.
        Separate();
        if (isBehindBlock)
        {
            text.Append('\n');
            isBehindBlock = false;
        }

        for (int start = 0; start <= end;)
        {
            int next = written.IndexOf('\n', start, end - start);
            next = next < 0 ? end : next;
            if (next > start)
            {
                text.Append(' ', depth * 4).Append(written, start, next - start);
            }

            text.Append('\n');
            start = next + 1;
        }

        return this;
    }

    /// <summary>An empty line between two things, none at the start of a block.</summary>
    public CodeWriter Separate()
    {
        if (!isBehindBlock && text.Length > 1 && text[text.Length - 2] != '{' && text[text.Length - 2] != '\n')
        {
            Line();
        }

        return this;
    }

    public CodeWriter Open(string? head = null)
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        depth++;
        return this;
    }

    /// <summary>A namespace: all of it would be one step further in, and nothing easier to read.</summary>
    public CodeWriter OpenNamespace(string name)
    {
        Line("namespace " + name);
        Line("{");
        return this;
    }

    public CodeWriter CloseNamespace()
    {
        isBehindBlock = false;
        return Line("}");
    }

    public CodeWriter Close(string end = "}")
    {
        depth--;
        isBehindBlock = false;
        Line(end);
        isBehindBlock = true;
        return this;
    }

    /// <summary>Closes a block that its continuation follows at once.</summary>
    public void End()
    {
        Close();
        isBehindBlock = false;
    }

    public override string ToString() => text.ToString();
}
