using System;
using System.Threading.Tasks;
using BackpropGen.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class RefactoringTests
{
    [Theory]
    [InlineData("[Affine(64, 32)]\n[Relu]\n[Aff||ine(16, 10)]\npartial class N;", "[Affine(64, 32)]\n[Relu]\n[Affine(32, 16)]\n[Affine(16, 10)]\npartial class N;")]
    [InlineData("[Affine(64, 32), Affine(1||6, 10)] partial class N;", "[Affine(64, 32), Affine(32, 16), Affine(16, 10)] partial class N;")]
    [InlineData("  ||[Affine(N.Size, 10)]\r\n  partial class N { public const int Size = 8; }", null)]
    [InlineData("[Input(3, 5)]\n||[Affine(N.Size, 10)]\npartial class N { public const int Size = 8; }", "[Input(3, 5)]\n[Affine(5, 8)]\n[Affine(N.Size, 10)]\npartial class N { public const int Size = 8; }")]
    [InlineData("[Affine(64, 32)] [Re||lu] [Affine(16, 10)] partial class N;", null)]
    [InlineData("[Affine(64, 32)] [Affine(||32, 10)] partial class N;", null)]
    [InlineData("[Affine(64, 32)] [Afine(1||6, 10)] partial class N;", null)]
    [InlineData("||partial class N;", null)]
    public async Task An_affine_layer_is_inserted_where_two_do_not_fit(string before, string? after)
    {
        (string Title, string Source)? offered = await CodeFixes.RefactorAsync(new InsertAffineRefactoring(), "using BackpropGen;\n" + before);
        Assert.Equal(after is null ? null : "using BackpropGen;\n" + after, offered?.Source);
        if (offered is { } made)
        {
            Assert.Matches(@"^Insert Affine\(\d+, \d+\) before Affine\(\d+, 10\)$", made.Title);
            Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(made.Source)));
        }
    }

    [Theory]
    [InlineData(
        "[Affine(||64, 32)]\n[Relu]\n[Affine(32, 10)]\npublic partial class N;\n",
        "[Affine(Inputs, Hidden)]\n[Relu]\n[Affine(Hidden, Outputs)]\npublic partial class N\n{\n    private const int Inputs = 64;\n    private const int Hidden = 32;\n    private const int Outputs = 10;\n}\n")]
    [InlineData(
        "namespace A\r\n{\r\n\t[Input(64), Tanh, Affine(64, 32), Affine(32, 16, Bias = false), Af||fine(outputs: 10, inputs: /* in */ 16)]\r\n\tpartial class N\r\n\t{\r\n\t\tint Hidden1;\r\n\t}\r\n}\r\n",
        "namespace A\r\n{\r\n\t[Input(Inputs), Tanh, Affine(Inputs, Hidden1Size), Affine(Hidden1Size, Hidden2, Bias = false), Affine(outputs: Outputs, inputs: /* in */ Hidden2)]\r\n\tpartial class N\r\n\t{\r\n\t\tprivate const int Inputs = 64;\r\n\t\tprivate const int Hidden1Size = 32;\r\n\t\tprivate const int Hidden2 = 16;\r\n\t\tprivate const int Outputs = 10;\r\n\t\tint Hidden1;\r\n\t}\r\n}\r\n")]
    [InlineData(
        "[Affine(||3, Sizes.H), Affine(4, 2)] partial class N { int own; } static class Sizes { public const int H = 4; }",
        "[Affine(Inputs, Sizes.H), Affine(Sizes.H, Outputs)] partial class N {\n    private const int Inputs = 3;\n    private const int Outputs = 2;\n    int own; } static class Sizes { public const int H = 4; }")]
    [InlineData("[Affine(||5, 5)] partial class N { }", "[Affine(Inputs, Outputs)] partial class N {\n    private const int Inputs = 5;\n    private const int Outputs = 5;\n}")]
    [InlineData("[Affine(||N.A, N.B)] partial class N { public const int A = 1, B = 2; }", null)]
    [InlineData("[Affine(3, 2), Re||lu] partial class N { }", null)]
    public async Task The_sizes_of_a_chain_become_constants(string before, string? after)
    {
        (string Title, string Source)? offered = await CodeFixes.RefactorAsync(new NameSizesRefactoring(), "using BackpropGen;\n" + before);
        Assert.Equal(after is null ? null : "using BackpropGen;\n" + after, offered?.Source);
        if (offered is { } made)
        {
            Assert.Equal("Make the sizes of the network's layers constants", made.Title);
            CSharpCompilation compilation = Compilations.Create(made.Source);
            Assert.Empty(await Compilations.AnalyzeAsync(compilation));
            Assert.Empty(Compilations.Errors(compilation));
        }
    }

    [Fact]
    public async Task Nothing_is_thrown_wherever_the_cursor_is_in_whatever_there_is()
    {
        const string Valid = "using BackpropGen; static class S { public const int H = 4; }\n[Input(64), Relu]\n[Affine(63, 32, Name = \"A\")] [Affine(inputs: S.H, outputs: -3)]\n[Softmax, NllLoss]\npartial class N { int Hidden; }\n";
        var random = new Random(5);
        for (int i = 0; i < 150; i++)
        {
            int from = random.Next(Valid.Length);
            string broken = i % 5 == 0 ? Valid : Valid.Remove(from, random.Next(Math.Min(12, Valid.Length - from)));
            string source = broken.Insert(random.Next(broken.Length + 1), "||");
            CodeRefactoringProvider[] providers = [new InsertAffineRefactoring(), new NameSizesRefactoring()];
            foreach (CodeRefactoringProvider provider in providers)
            {
                await CodeFixes.RefactorAsync(provider, source);
            }
        }
    }

    [Fact]
    public async Task A_mismatch_stays_one_when_sizes_get_names()
    {
        (string Title, string Source)? offered = await CodeFixes.RefactorAsync(
            new NameSizesRefactoring(), "using BackpropGen; [Affine(||8, 7), Affine(6, 5)] partial class N;");
        Assert.StartsWith("using BackpropGen; [Affine(Inputs, Hidden1), Affine(Hidden2, Outputs)]", offered?.Source, StringComparison.Ordinal);
    }
}
