using System.IO;

namespace BackpropGen.Compiler.Tests;

/// <summary>The repository's own files, for the tests that hold docs against code.</summary>
internal static class Repository
{
    public static string File(string path) => Path.Combine(Root(), path);

    // Up from the assembly: the compiler's caller path is mapped to /_/ for reproducible builds.
    private static string Root()
    {
        string? folder = System.AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "BackpropGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
    }
}
