using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.CodeAnalysis;
using Xunit.Sdk;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// Emitted text against a file, by the conventions of Verify, so that it can take over: <c>Class.Method#Hint.g.verified.cs</c>, the hint name in
/// the first line, and a received file beside it where they differ.
/// </summary>
internal static class Snapshot
{
    private const string Accept = "BACKPROPGEN_ACCEPT";

    /// <summary>Compares; writes the verified file where the environment says <c>BACKPROPGEN_ACCEPT=1</c>.</summary>
    public static void Verify(GeneratedSourceResult source, string testClass, [CallerMemberName] string method = "")
    {
        string folder = Repository.File("tests/BackpropGen.Compiler.Tests/Snapshots");
        string stem = Path.Combine(folder, $"{testClass}.{method}#{Path.GetFileNameWithoutExtension(source.HintName)}");
        (string verified, string received) = (stem + ".verified.cs", stem + ".received.cs");
        string actual = $"//HintName: {source.HintName}\n{source.SourceText}";
        string expected = File.Exists(verified) ? File.ReadAllText(verified) : string.Empty;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new XunitException(
            $"{Path.GetFileName(verified)} is not what is emitted now.\n"
            + $"Where the new text is right, accept it: {Accept}=1 dotnet test --filter {testClass}\n\n{Difference(expected, actual)}");
    }

    // The changed lines with two lines around them.
    private static string Difference(string expected, string actual)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual).Lines;
        return string.Join("\n", lines
            .Where((_, i) => lines.Skip(Math.Max(0, i - 2)).Take(5).Any(l => l.Type != ChangeType.Unchanged))
            .Take(60)
            .Select(l => (l.Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " }) + l.Text));
    }
}
