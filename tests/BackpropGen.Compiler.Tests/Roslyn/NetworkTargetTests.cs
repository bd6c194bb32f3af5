using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class NetworkTargetTests
{
    [Theory]
    [InlineData("[Relu] class N { }")]
    [InlineData("class Outer { [Relu] partial class N { } }")]
    [InlineData("[Relu] static partial class N { }")]
    [InlineData("[Relu] partial record N { }")]
    [InlineData("[Relu] partial struct N { }")]
    [InlineData("[Relu] partial interface N { }")]
    [InlineData("[Relu] partial class N<T> { }")]
    [InlineData("partial class Outer<T> { [Relu] partial class N { } }")]
    [InlineData("[Relu] file partial class N { }")]
    [InlineData("file partial class Outer { [Relu] partial class N { } }")]
    public void Nothing_is_emitted_for_what_cannot_be_a_network(string source) =>
        Assert.Empty(Compilations.Networks(Compilations.Create("using BackpropGen; " + source)));

    [Theory]
    [InlineData(LanguageVersion.CSharp7_1)]
    [InlineData(LanguageVersion.CSharp7_2)]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    public void Below_csharp_9_the_members_are_there_and_compile(LanguageVersion language)
    {
        CSharpCompilation compilation = Compilations.Create(language, """
            using System;
            using BackpropGen;
            namespace A
            {
                [Affine(3, 2), Softmax, NllLoss, Adam(0.1f), Workspace(8)] partial class N
                {
                    float Use(float[] x, int[] labels) { Forward(x, new float[2]); StepCount = 3; return TrainStep(x, labels) + Affine1Weights[0]; }
                }
            }
            """);
        Assert.False(Assert.Single(Compilations.Networks(compilation)).Target.IsLanguageSupported);
        Assert.Empty(Compilations.Errors(compilation));
    }

    [Fact]
    public void Before_csharp_7_1_nothing_is_emitted() =>
        Assert.Empty(Compilations.Networks(Compilations.Create(LanguageVersion.CSharp7, "[BackpropGen.Relu] partial class N { }")));

    [Fact]
    public void Different_networks_have_different_files()
    {
        string longName = new('x', 400);
        string[] hints = [.. Compilations.Generate(Compilations.Create($$"""
            using BackpropGen;
            [Relu] partial class Net { }
            [Relu] partial class NET { }
            namespace A { [Relu] partial class Net { } partial class B { [Relu] partial class Net { } } }
            namespace A.B_ { [Relu] partial class Net { } }
            partial struct S { [Relu] partial class Net { } }
            partial class S { [Relu] partial class Net { } }
            [Relu] partial class Ne\u0301t { }
            [Relu] partial class {{longName}} { }
            """)).GeneratedSources.Select(source => source.HintName)];
        Assert.Equal(9, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(hints, hint => Assert.Matches(@"^[\p{L}\p{Nd}._]{1,200}\.[0-9a-f]{8}\.g\.cs$", hint));
        Assert.Contains(hints, hint => hint.StartsWith("A.B.Net.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_files_name_is_the_same_in_every_process() =>
        Assert.Equal("My.DigitNet.8fc09a2b.g.cs", Assert.Single(Compilations.Generate(
            Compilations.Create("namespace My { [BackpropGen.Relu] partial class DigitNet { } }")).GeneratedSources).HintName);
}
