using System;
using System.IO;

namespace BackpropGen.Comparison;

internal static class Repository
{
    /// <summary>The folder with the solution: sources are found from the program's own place, from wherever it is started.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BackpropGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new UserErrorException("this program compiles the competitors' sources, and runs inside the repository");
    }
}
