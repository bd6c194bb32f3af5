using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Broken networks leave members that compile: one error, and no cascade. That nothing throws on them, <see cref="FuzzTests"/> show.</summary>
public class BrokenSourceTests
{
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
}
