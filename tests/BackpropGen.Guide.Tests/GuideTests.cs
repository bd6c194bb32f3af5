using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace BackpropGen.Guide.Tests;

/// <summary>A guide that does not compile is worse than none.</summary>
public class GuideTests
{
    private static readonly string Docs = Path.Combine(RepositoryRoot(), "docs");

    /// <summary>The pages with programs: of diagnostics.md every example is a test of its own.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Docs, "*.md").Select(path => Path.GetFileName(path)!).Where(name => name != "diagnostics.md" && new GuidePage(Path.Combine(Docs, name)).Programs.Count > 0).Order(),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_program_of_a_page_compiles_and_prints_what_the_page_says(string page)
    {
        GuidePage read = new(Path.Combine(Docs, page));
        foreach (GuideProgram program in read.Programs)
        {
            string folder = Directory.CreateTempSubdirectory("guide").FullName;
            try
            {
                string output = Run(program, folder);
                AssertPrinted(program, output);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Run(GuideProgram program, string folder)
    {
        string assembly = Path.Combine(folder, "Guide.dll");
        GuideCompiler.Compile(program, assembly);
        foreach (string library in GuideCompiler.Libraries)
        {
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)));
        }

        File.WriteAllText(
            Path.Combine(folder, "Guide.runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version.ToString(3)}}" }, "configProperties": { "System.Globalization.Invariant": true } } }""");

        // A folder of its own: a program of the guide leaves files.
        var start = new ProcessStartInfo("dotnet", ["exec", assembly]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program.Page}, line {program.Blocks[0].Line}: exit code {process.ExitCode}\n{output}\n{error.Result}");
        return output;
    }

    private static void AssertPrinted(GuideProgram program, string output)
    {
        string[] lines = output.Split('\n');
        int next = 0;
        foreach (string expected in program.Output)
        {
            string pattern = "^" + string.Join(".*", expected.TrimEnd().Split('…').Select(Regex.Escape)) + "\\s*$";
            int at = Array.FindIndex(lines, next, l => Regex.IsMatch(l, pattern));
            Assert.True(at >= 0, $"{program.Page}, the program of line {program.Blocks[0].Line}: the page says that it prints\n    {expected}\nafter line {next} of what it does print:\n{output}");
            next = at + 1;
        }
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BackpropGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("These tests run inside the repository.");
    }
}
