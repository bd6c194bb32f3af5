using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BackpropGen.Guide.Tests;

/// <summary>
/// A page of the guide and the programs in it. The blocks marked <c>csharp</c> are one program, in their order; one marked <c>csharp new</c>
/// begins another. A block marked <c>text</c> is what the program prints: its lines are in the output, in their order, "…" standing for anything.
/// </summary>
internal sealed class GuidePage
{
    private const string Fence = "```";

    /// <summary>Reads a page.</summary>
    /// <exception cref="InvalidDataException">A block is not closed, or there is output and no program.</exception>
    public GuidePage(string path)
    {
        string name = Path.GetFileName(path);
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            string kind = lines[i][Fence.Length..].Trim();
            int end = Array.FindIndex(lines, i + 1, l => l.TrimEnd() == Fence);
            if (end < 0)
            {
                throw new InvalidDataException($"{name}, line {i + 1}: the block is not closed.");
            }

            string[] block = lines[(i + 1)..end];
            switch (kind)
            {
                case "csharp" when programs.Count > 0:
                    programs[^1].Blocks.Add(new Block(i + 2, string.Join('\n', block)));
                    break;
                case "csharp" or "csharp new":
                    programs.Add(new GuideProgram(name, [new Block(i + 2, string.Join('\n', block))], []));
                    break;
                case "text" when programs.Count == 0:
                    throw new InvalidDataException($"{name}, line {i + 1}: output, but no program before it.");
                case "text":
                    programs[^1].Output.AddRange(block.Where(l => l.Trim().Length > 0));
                    break;
            }

            i = end;
        }
    }

    private readonly List<GuideProgram> programs = [];

    /// <summary>In their order; empty where a page has no code.</summary>
    public IReadOnlyList<GuideProgram> Programs => programs;
}

/// <summary>A program of a page.</summary>
/// <param name="Page">The page's file name.</param>
/// <param name="Blocks">Its source.</param>
/// <param name="Output">Lines that it prints.</param>
internal sealed record GuideProgram(string Page, List<Block> Blocks, List<string> Output);

/// <summary>A piece of a program.</summary>
/// <param name="Line">Its first line's number in the page.</param>
/// <param name="Text">As it stands there.</param>
internal sealed record Block(int Line, string Text);
