using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// Whatever becomes of a valid source, nothing of the package throws or hangs on it, and what is emitted parses. The seed of each source is its
/// number. For longer runs: BACKPROPGEN_FUZZ_SOURCES=100000 (how many) or BACKPROPGEN_FUZZ_SECONDS (how long), BACKPROPGEN_FUZZ_SEED (the first).
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int DefaultSources = 280;

    // What takes longer is slow if it takes so many times as long as an ordinary source at the same moment: a machine may have other work.
    private const int Slow = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // What does not come back at all is not waited for.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    private static readonly LanguageVersion[] Languages =
        [LanguageVersion.Latest, LanguageVersion.Latest, LanguageVersion.Preview, LanguageVersion.CSharp9, LanguageVersion.CSharp10, LanguageVersion.CSharp7_3];

    [Fact]
    public async Task Broken_sources_break_nothing()
    {
        int first = Setting("BACKPROPGEN_FUZZ_SEED") ?? 0;
        int seconds = Setting("BACKPROPGEN_FUZZ_SECONDS") ?? int.MaxValue;
        int sources = Setting("BACKPROPGEN_FUZZ_SOURCES") ?? (seconds < int.MaxValue ? int.MaxValue : DefaultSources);
        (string ordinary, _, _) = Source(0);
        using var ordeal = new Ordeal();
        var watch = Stopwatch.StartNew();
        var slowest = (Time: TimeSpan.Zero, Seed: first);
        int seed = first;
        for (; seed - first < sources && watch.Elapsed.TotalSeconds < seconds; seed++)
        {
            (string valid, string broken, LanguageVersion language) = Source(seed);
            TimeSpan time = await TimeAsync(ordeal, seed % 4 == 0 ? valid : null, broken, language, seed);

            // Somebody else's burst of work is no hang: what is slow is slow again.
            bool isSlow = time > Limit;
            for (int again = 0; again < 5 && isSlow; again++)
            {
                TimeSpan yardstick = await TimeAsync(ordeal, null, ordinary, LanguageVersion.Latest, seed);
                time = await TimeAsync(ordeal, null, broken, language, seed);
                isSlow = time > Limit && time > Slow * yardstick;
            }

            Assert.False(isSlow, $"Seed {seed} takes {time.TotalSeconds:F1} s, more than {Slow} times what an ordinary source takes:\n{broken}");
            slowest = time > slowest.Time ? (time, seed) : slowest;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seed - first} sources from seed {first} in {watch.Elapsed.TotalSeconds:F0} s, the slowest {slowest.Time.TotalMilliseconds:F0} ms (seed {slowest.Seed}): "
            + $"{ordeal.Networks} files emitted, {ordeal.Diagnostics} diagnostics, {ordeal.Actions} fixes carried out. The slowest:\n{Source(slowest.Seed).Broken}"));
    }

    /// <summary>What is damaged was whole: otherwise the fuzzer looks only where everything is broken already.</summary>
    [Fact]
    public void The_sources_are_valid_before_they_are_broken()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            string source = ValidSources.Create(new Random(seed));
            CSharpCompilation compilation = Compilations.Create(source, ValidSources.Constants);
            Compilations.Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
            Assert.True(generated.SyntaxTrees.Count() > 2, $"Seed {seed} has no network:\n{source}");
            Diagnostic[] errors = [.. generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            Assert.True(errors.Length == 0, $"Seed {seed}: {errors.FirstOrDefault()}\n{source}");
            Assert.DoesNotContain(generated.SyntaxTrees.Skip(2), tree => tree.ToString().Contains("BPG0", StringComparison.Ordinal));
        }
    }

    private static (string Valid, string Broken, LanguageVersion Language) Source(int seed)
    {
        var random = new Random(seed);
        string valid = ValidSources.Create(random);
        return (valid, Damage.Apply(random, valid), Languages[random.Next(Languages.Length)]);
    }

    private static async Task<TimeSpan> TimeAsync(Ordeal ordeal, string? before, string source, LanguageVersion language, int seed)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await Task.Run(() => ordeal.EndureAsync(before, source, language)).WaitAsync(Hang);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Seed {seed} has not come back after {Hang.TotalSeconds} s:\n{source}");
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}:\n{e}\n\nThe source:\n{source}\n\nThe smallest that fails alike, as {language}:\n{await SmallestAsync(before, source, language, e)}");
        }

        return Stopwatch.GetElapsedTime(start);
    }

    // Takes away stretches of tokens, halves first, while what is left fails alike.
    private static async Task<string> SmallestAsync(string? before, string source, LanguageVersion language, Exception failure)
    {
        using var ordeal = new Ordeal();
        for (int stretch = Tokens(source).Count / 2; stretch > 0; stretch /= 2)
        {
            for (int at = 0; at + stretch <= Tokens(source).Count;)
            {
                List<string> rest = Tokens(source);
                rest.RemoveRange(at, stretch);
                string smaller = string.Concat(rest);
                if (smaller.Length < source.Length && await FailsAsync(smaller))
                {
                    source = smaller;
                }
                else
                {
                    at += stretch;
                }
            }
        }

        return source;

        async Task<bool> FailsAsync(string smaller)
        {
            try
            {
                await ordeal.EndureAsync(before, smaller, language);
                return false;
            }
            catch (Exception e)
            {
                return Kind(e) == Kind(failure);
            }
        }
    }

    private static (Type, Type?, string?) Kind(Exception e) => (e.GetType(), e.InnerException?.GetType(), (e.InnerException ?? e).TargetSite?.Name);

    private static List<string> Tokens(string source) =>
        [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens(descendIntoTrivia: false).Select(token => token.ToFullString())];

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
