using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The generated part joins the user's own, whatever it is called and wherever it is nested.</summary>
public class GeneratedPartTests
{
    [Theory]
    [InlineData("[Affine(3, 2)] public partial class N { }")]
    [InlineData("[Affine(3, 2)] partial class Net { } [Affine(3, 2)] partial class NET { }")]
    [InlineData("namespace A { [Affine(3, 2)] partial class N { } } namespace B { [Affine(4, 2)] partial class N { } }")]
    [InlineData("namespace @namespace.@if { static partial class @static { [Affine(3, 2)] public sealed partial class @class { } } }")]
    [InlineData("partial struct S { partial record R { partial interface I { [Affine(3, 2)] abstract partial class N { } } } }")]
    [InlineData("[Affine(3, 2)] partial class Gr\\u00F6\\u00DFe { private readonly int own; public Gr\\u00F6\\u00DFe(int own) { this.own = own; } public int Own => own; }")]
    [InlineData("namespace System { [Affine(3, 2)] partial class N { } } namespace BackpropGen { [Affine(3, 2)] partial class M { } }")]
    [InlineData("[Affine(3, 2)] [System.Obsolete(\"old\")] partial class N { } partial class N { public int Own => 1; }")]
    public void It_compiles_without_a_warning(string source)
    {
        foreach (LanguageVersion language in new[] { LanguageVersion.CSharp9, LanguageVersion.Latest })
        {
            if (language == LanguageVersion.CSharp9 && source.Contains("record", System.StringComparison.Ordinal))
            {
                continue;
            }

            CSharpCompilation compilation = Compilations.Create(language, "using BackpropGen; " + source);
            Compilations.Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
            Assert.Empty(updated.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        }
    }
}
