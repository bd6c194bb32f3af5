using System;
using System.Collections.Generic;
using System.IO;
using ReportInBrowser;

// Reports of every kind in a real browser, at three widths, in light and dark: nothing overflows, overlaps, is cut off, loaded or complained of.
// Usage: ReportInBrowser [browser] [folder for the reports, otherwise thrown away]
string browserProgram = args.Length > 0 ? args[0] : "chromium";
string scratch = Directory.CreateTempSubdirectory().FullName;
try
{
    var browser = new Browser(browserProgram, scratch);
    int wrong = 0;
    foreach ((string path, int charts) in Reports.Write(args.Length > 1 ? Directory.CreateDirectory(args[1]).FullName : scratch))
    {
        foreach (int width in new[] { 360, 768, 1440 })
        {
            foreach (bool dark in new[] { false, true })
            {
                IReadOnlyList<string> findings = browser.Examine(path, charts, width, dark);
                wrong += findings.Count;
                Console.WriteLine($"{Path.GetFileName(path)}, {width} pixels, {(dark ? "dark" : "light")}: {(findings.Count == 0 ? "right" : "WRONG")}");
                foreach (string finding in findings)
                {
                    Console.WriteLine("    " + finding);
                }
            }
        }
    }

    return wrong == 0 ? 0 : 1;
}
finally
{
    Directory.Delete(scratch, recursive: true);
}
