using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;

namespace ReportInBrowser;

/// <summary>Chromium without a window: loads a page, and says what the document is then.</summary>
/// <param name="program">Its command.</param>
/// <param name="folder">For its profiles.</param>
internal sealed class Browser(string program, string folder)
{
    private static readonly string Checks = ReadChecks();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What is wrong with a report at a width and in a theme; empty where nothing is.</summary>
    public IReadOnlyList<string> Examine(string path, int charts, int width, bool dark)
    {
        string name = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(path)}-{width}-{(dark ? "dark" : "light")}");
        string page = File.ReadAllText(path);
        // In front of the page's own policy, which holds for what comes after it.
        string script = Checks
            .Replace("EXPECTED_WIDTH", FormattableString.Invariant($"{width}"), StringComparison.Ordinal)
            .Replace("EXPECTED_DARK", dark ? "true" : "false", StringComparison.Ordinal)
            .Replace("LEAST_CHARTS", FormattableString.Invariant($"{charts}"), StringComparison.Ordinal);
        string examined = page.Replace("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"><script>" + script + "</script>", StringComparison.Ordinal);
        // In a frame of the width: a window of its own is never narrower than 500 pixels.
        string copy = Path.Combine(folder, name + ".html");
        File.WriteAllText(copy, $$"""
            <!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>body { margin: 0; } iframe { border: 0; }</style>
            <pre id="findings"></pre><script>function tell(text) { document.getElementById('findings').textContent = text; }</script>
            <iframe width="{{width.ToString(CultureInfo.InvariantCulture)}}" height="900" srcdoc="{{WebUtility.HtmlEncode(examined)}}"></iframe>
            """);
        (string document, string log) = Run(
            "--dump-dom",
            "--window-size=1600,1000",
            "--blink-settings=preferredColorScheme=" + (dark ? "0" : "1"),
            "--enable-logging=stderr",
            "--user-data-dir=" + Path.Combine(folder, name),
            new Uri(copy).AbsoluteUri);
        IEnumerable<string> said = log.Split('\n').Where(l => l.Contains(":CONSOLE", StringComparison.Ordinal));
        Match found = Regex.Match(document, "<pre id=\"findings\">(.*?)</pre>", RegexOptions.Singleline);
        return found.Groups[1].Length == 0
            ? ["the browser gave no document: " + log]
            : [.. WebUtility.HtmlDecode(found.Groups[1].Value).Split('\n').Where(f => f != "nothing"), .. said];
    }

    private (string Output, string Log) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] always =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        ];
        foreach (string argument in always.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} had not loaded {arguments[^1]} after {Patience.TotalMinutes} minutes.");
        }

        return (output.Result, log.Result);
    }

    private static string ReadChecks()
    {
        using var reader = new StreamReader(typeof(Browser).Assembly.GetManifestResourceStream("checks.js")!);
        return reader.ReadToEnd();
    }
}
