using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What a user's keyboard makes of valid networks: whatever it is, generator and analyzer do not throw on it.</summary>
public class BrokenSourceTests
{
    private const int Sources = 300;

    private const string Valid = """
        using BackpropGen;
        using Dense = BackpropGen.AffineAttribute;

        namespace A.B
        {
            public static partial class Outer
            {
                [Affine(64, 32, Name = "Hidden", Layout = WeightLayout.OutIn), Relu]
                [System.Obsolete("old")]
                [Dense(inputs: Width * 2, outputs: 10, Bias = false)]
                [BackpropGen.CrossEntropyLoss(Reduction = Reduction.Sum)]
                [global::BackpropGen.Sgd(0.1f, Momentum = 0.9f, Nesterov = true)]
                public sealed partial class DigitNet { }

                public const int Width = 16;
            }
        }

        [Input(1, 28, 28)]
        [LeakyRelu(-0.5f)]
        [type: LogSoftmax]
        [NllLoss, AdamW(1e-3f, WeightDecay = 0)]
        partial class @class<T> where T : new() { }

        [Input(time: 5, features: 3), Tanh, MseLoss, Adam] partial class N { [Relu] partial record R; }
        [Elu(float.NaN)] file partial class F;
        """;

    private static readonly string[] Strange = ["\"", "'", "/*", "#if", "#endif", "@", "\\u0041", "\ud800", "\0", "é\u0301", "[", "]", "(", "<", "=>", "$\"{", "\"\"\"", "record", "2147483648", "-", "null", "default", "1e999f", "int", "partial", "file"];

    [Fact]
    public async Task Neither_generator_nor_analyzer_throws()
    {
        // One text at a time finds what breaks; the seed of each is its number.
        for (int seed = 0; seed < Sources; seed++)
        {
            string source = Break(seed);
            try
            {
                CSharpCompilation compilation = Compilations.Create(source);
                Compilations.Generate(compilation);
                await Compilations.AnalyzeAsync(compilation);
            }
            catch (InvalidOperationException e)
            {
                Assert.Fail($"Seed {seed}:\n{e.Message}\n{e.InnerException}\n{source}");
            }
        }
    }

    [Theory]
    [InlineData("Name = \"1st\"", "")]
    [InlineData("Name = \"a b\"", "Name = \"a b\"")]
    [InlineData("Name = \"H\"", "Name = \"H\"")]
    [InlineData("", "Name = \"Affine1\"")]
    [InlineData("Name = \"Affine2\"", "")]
    public void A_name_that_cannot_stand_leaves_members_that_compile(string first, string second)
    {
        string source = $"using BackpropGen; [Affine(3, 2, {first}), Affine(2, 1, {second})] partial class N {{ }}".Replace(", )", ")");
        CSharpCompilation compilation = Compilations.Create(source);
        Compilations.Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        Assert.DoesNotContain(generated.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
    }

    private static string Break(int seed)
    {
        var random = new Random(seed);
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(Valid).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
        int edits = 1 + random.Next(4);
        for (int i = 0; i < edits; i++)
        {
            int at = random.Next(tokens.Count);
            int other = random.Next(tokens.Count);
            switch (random.Next(5))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[other]);
                    break;
                case 2:
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens[at] = Strange[random.Next(Strange.Length)] + " ";
                    break;
                default:
                    // A token cut short, as it is while one types.
                    tokens[at] = tokens[at][..random.Next(tokens[at].Length + 1)];
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
