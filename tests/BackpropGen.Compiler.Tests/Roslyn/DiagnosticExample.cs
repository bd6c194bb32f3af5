using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Compiler.Tests;

/// <summary>A network that has a diagnostic, and the same without: what docs/diagnostics.md shows and the tests analyze.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Remarks">What the documentation adds to the descriptor's own words.</param>
/// <param name="Broken">The network, the diagnostic's places marked.</param>
/// <param name="Mended">The network that is meant.</param>
internal sealed record DiagnosticExample(string Id, string Remarks, string Broken, string Mended)
{
    /// <summary>What another file of the project says.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>The C# that the broken network is compiled as.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    public static IReadOnlyList<DiagnosticExample> All { get; } =
    [
        new("BPG001",
            "C# wants every part of a class to be `partial`; the members of a network (`Forward`, `Backward`, `Parameters` and the rest) are another part.",
            """
            [Affine(64, 10)]
            public class {|BPG001:DigitNet|};
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet;
            """),
        new("BPG002",
            "It would be the order of the files in the project, which nobody sees.",
            """
            [Affine(64, 32)]
            [Relu]
            public partial class DigitNet;

            [Affine(32, 10)]
            public partial class {|BPG002:DigitNet|};
            """,
            """
            [Affine(64, 32)]
            [Relu]
            [Affine(32, 10)]
            public partial class DigitNet;

            public partial class DigitNet;
            """),
        new("BPG003",
            "It is an object with parameters of its own, generated for exactly the sizes in its attributes, in another file.",
            """
            [Affine(64, 10)]
            public partial struct {|BPG003:DigitNet|}
            {
            }
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet
            {
            }
            """),
        new("BPG004",
            "`Buffers`, `BufferCount`, `Advance` and `StateSize` are kept for members that are still to come. A name counts whatever it names: "
            + "a method of other parameters too, and a base class's member, which the generated one would hide.",
            """
            [Affine(64, 10)]
            public partial class DigitNet
            {
                public float[] {|BPG004:Forward|}(float[] pixels)
                {
                    var scores = new float[10];
                    return scores;
                }
            }
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet
            {
                public float[] Classify(float[] pixels)
                {
                    var scores = new float[10];
                    Forward(pixels, scores);
                    return scores;
                }
            }
            """),
        new("BPG005",
            "`Name = \"Hidden\"` gives `HiddenWeights` and `HiddenBias`. A layer without a name is called by its kind and its place among that kind: `Affine1`, `Affine2`.",
            """
            [Affine(64, 32, Name = "Hidden")]
            [Relu]
            [Affine(32, 10, Name = {|BPG005:"Hidden"|})]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 32, Name = "Hidden")]
            [Relu]
            [Affine(32, 10, Name = "Head")]
            public partial class DigitNet;
            """),
        new("BPG006",
            "The mended network is the same one in a project with `<LangVersion>9</LangVersion>` or a later one.",
            """
            [Affine(64, 10)]
            public partial class {|BPG006:DigitNet|}
            {
            }
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet
            {
            }
            """)
        {
            Language = LanguageVersion.CSharp7_3,
        },
        new("BPG007",
            "Where a network has an attribute under such an alias and others under their own names, it is found by those; that is too little to rely on, and so it is an error all the same.",
            """
            [{|BPG007:Dense|}(64, 10)]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet;
            """)
        {
            Elsewhere = "global using Dense = BackpropGen.AffineAttribute;",
        },
        new("BPG010",
            "The first fix changes what this layer takes, the second what the earlier layer gives; a refactoring inserts an `Affine` between the two. The layers after it are "
            + "checked against what this layer is declared to give, so that one error is not reported twice.",
            """
            [Affine(64, 32)]
            [Relu]
            [Affine({|BPG010:16|}, 10)]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 32)]
            [Relu]
            [Affine(32, 10)]
            public partial class DigitNet;
            """),
        new("BPG011",
            "The message says what is expected and what was given.",
            """
            [Affine(64, {|BPG011:0|})]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 10)]
            public partial class DigitNet;
            """),
        new("BPG012",
            "An `Affine` layer says how many values it takes; an element-wise layer takes any number.",
            """
            [{|BPG012:Relu|}]
            [Affine(64, 10)]
            public partial class DigitNet;
            """,
            """
            [Input(64)]
            [Relu]
            [Affine(64, 10)]
            public partial class DigitNet;
            """),
        new("BPG013",
            "`Workspace` and `Budget` may stand anywhere.",
            """
            [MseLoss]
            [{|BPG013:Affine(64, 10)|}]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 10)]
            [MseLoss]
            public partial class DigitNet;
            """),
        new("BPG014",
            "Two losses that are added are a network without a loss and `BackwardFrom`, which takes the sum of both gradients.",
            """
            [Affine(64, 10)]
            [CrossEntropyLoss]
            [Sgd(0.1f)]
            [{|BPG014:Adam(0.001f)|}]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 10)]
            [CrossEntropyLoss]
            [Adam(0.001f)]
            public partial class DigitNet;
            """),
        new("BPG016",
            "`CrossEntropyLoss` and `BinaryCrossEntropyWithLogitsLoss` take logits, for they take the softmax or the sigmoid themselves, in a form that is stable; "
            + "`BinaryCrossEntropyLoss` takes probabilities, `NllLoss` log-probabilities.",
            """
            [Affine(64, 10)]
            [Softmax]
            [{|BPG016:CrossEntropyLoss|}]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 10)]
            [CrossEntropyLoss]
            public partial class DigitNet;
            """),
        new("BPG020",
            "What counts is what `new` allocates; inference takes up to 32 KB of the stack besides, and batches of 32 samples and more 64 KB more. A smaller `Workspace` needs less, and so does an optimizer that remembers less.",
            """
            [Affine(64, 32)]
            [Relu]
            [Affine(32, 10)]
            [CrossEntropyLoss]
            [Adam(0.001f)]
            [Budget(Bytes = {|BPG020:64 * 1024|})]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 32)]
            [Relu]
            [Affine(32, 10)]
            [CrossEntropyLoss]
            [Adam(0.001f)]
            [Workspace(16)]
            [Budget(Bytes = 64 * 1024)]
            public partial class DigitNet;
            """),
        new("BPG021",
            "Products that are summed are counted; what is element-wise is not.",
            """
            [Affine(64, 32)]
            [Relu]
            [Affine(32, 10)]
            [Budget(MultiplyAdds = {|BPG021:2000|})]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 24)]
            [Relu]
            [Affine(24, 10)]
            [Budget(MultiplyAdds = 2000)]
            public partial class DigitNet;
            """),
        new("BPG022",
            CodeRemarks,
            """
            [Affine(64, 32)]
            [Tanh]
            [Affine(32, 10)]
            [CrossEntropyLoss]
            [Adam(0.001f)]
            [Budget(CodeBytes = {|BPG022:16 * 1024|})]
            public partial class DigitNet;
            """,
            """
            [Affine(64, 32)]
            [Tanh]
            [Affine(32, 10)]
            [Budget(CodeBytes = 256 * 1024)]
            public partial class DigitNet;
            """),
        new("BPG100",
            "An `.editorconfig` with `dotnet_diagnostic.BPG100.severity = suggestion` shows it, in the editor only. It is no fault: there is nothing to mend.",
            """
            [{|BPG100:Affine(64, 32)|}]
            [{|BPG100:Relu|}]
            public partial class DigitNet;
            """,
            string.Empty),
    ];

    private const string CodeRemarks = "Machine code is known only when that is compiled for a processor. Nine networks that were measured on x86-64 with AVX-512 "
        + "had 0.18 to 0.31 bytes of it for each byte of C#.";

    /// <summary>The sources of the broken network's project, without marks.</summary>
    public string[] Sources => Project(Markup.Parse(Broken).Source);

    /// <summary>The sources of the mended one's.</summary>
    public string[] MendedSources => Project(Mended);

    private string[] Project(string network) => Elsewhere is null ? ["using BackpropGen;\n" + network] : ["using BackpropGen;\n" + network, Elsewhere];

    public override string ToString() => Id;
}
