using System.Threading.Tasks;
using BackpropGen.CodeFixes;
using BackpropGen.Generator;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class MakePartialCodeFixTests
{
    private static readonly CodeFixes Fixes = new(new NetworkAnalyzer(), new MakePartialCodeFix());

    [Theory]
    [InlineData("[BackpropGen.Input(3)]\npublic class N\n{\n}\n", "[BackpropGen.Input(3)]\npublic partial class N\n{\n}\n")]
    [InlineData("[BackpropGen.Input(3)] class N { }", "[BackpropGen.Input(3)] partial class N { }")]
    [InlineData("// First.\r\n[BackpropGen.Input(3)] // Input.\r\n\tpublic /* open */ sealed\r\n\t/* to all */ class N;\r\n",
        "// First.\r\n[BackpropGen.Input(3)] // Input.\r\n\tpublic /* open */ sealed\r\n\t/* to all */ partial class N;\r\n")]
    [InlineData("[BackpropGen.Input(3)]\n#if true\n// Kept.\nclass N { }\n#endif\n", "[BackpropGen.Input(3)]\n#if true\n// Kept.\npartial class N { }\n#endif\n")]
    [InlineData(
        "namespace A;\nstatic class Outer\n{\n    public readonly ref struct S\n    {\n        internal record R(int X)\n        {\n            partial record struct T { [BackpropGen.Input(3)] class N { } }\n        }\n    }\n}\n",
        "namespace A;\nstatic partial class Outer\n{\n    public readonly ref partial struct S\n    {\n        internal partial record R(int X)\n        {\n            partial record struct T { [BackpropGen.Input(3)] partial class N { } }\n        }\n    }\n}\n")]
    public async Task The_class_and_its_containers_become_partial(string before, string after)
    {
        Assert.Equal(after, await Fixes.FixAsync(before));
        Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(after)));
    }

    [Fact]
    public async Task The_title_says_what_is_edited()
    {
        Assert.Equal(["Make it partial"], await Fixes.TitlesAsync("[BackpropGen.Input(3)] class N { }"));
        Assert.Equal(["Make it and the types around it partial"], await Fixes.TitlesAsync("class Outer { [BackpropGen.Input(3)] class N { } }"));
    }

    [Fact]
    public async Task Two_networks_in_one_container_make_it_partial_once() =>
        Assert.Equal(
            "partial class Outer { [BackpropGen.Input(3)] partial class N { } [BackpropGen.Input(3)] partial class M { } }",
            await Fixes.FixAllAsync("class Outer { [BackpropGen.Input(3)] class N { } [BackpropGen.Input(3)] class M { } }"));
}
