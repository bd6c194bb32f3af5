using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator;

/// <summary>Everything that the analyzer reports. Each id has a section in docs/diagnostics.md, which its help link leads to.</summary>
internal static class Descriptors
{
    private const string Category = "BackpropGen";
    private const string Docs = "https://github.com/backpropgen/backpropgen/blob/main/docs/diagnostics.md#";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "BPG001",
        "A network's class must be partial",
        "The network '{0}' cannot be completed: {1} must be partial",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network's members are generated into another part of its class, so the class and every type that it is nested in must be partial.",
        Docs + "bpg001");

    public static readonly DiagnosticDescriptor Scattered = new(
        "BPG002",
        "A network's attributes stand on one part of its class",
        "The network '{0}' has attributes on {1} parts of its class, so their order is not defined: put them all on one part",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The attributes of a network count in the order in which they are written, which C# does not define between the parts of a partial class.",
        Docs + "bpg002");

    public static readonly DiagnosticDescriptor UnsupportedTarget = new(
        "BPG003",
        "A network must be a plain class",
        "'{0}' cannot be a network: it is {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network is a class that is neither static, nor a record, nor generic or nested in a generic type, nor local to its file.",
        Docs + "bpg003");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "BPG004",
        "A name that a network needs is taken",
        "'{0}' {1}: give {2} another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network's class gets members of fixed names and properties that are called after its layers. None of its own members may be called like them, nor may the class itself.",
        Docs + "bpg004");

    public static readonly DiagnosticDescriptor Name = new(
        "BPG005",
        "A layer's name is taken or is no identifier",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A layer's tensors are properties that begin with its name, so it must be an identifier that no other layer has.",
        Docs + "bpg005");

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "BPG006",
        "The project's C# is too old for networks",
        "The network '{0}' needs C# 9 or later, but this project is compiled as C# {1}: set <LangVersion>9</LangVersion> or a later one in the project file",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Networks are emitted as C# 9. Every SDK that runs this analyzer has it, but projects for .NET Framework, .NET Standard and .NET before 5 choose an older language unless LangVersion says otherwise.",
        Docs + "bpg006");

    public static readonly DiagnosticDescriptor GlobalAlias = new(
        "BPG007",
        "A network's attribute stands under a global alias",
        "'{0}' is a global alias of {1}, which the generator does not see: write {1}, or declare the alias in this file",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generator finds networks by the names of their attributes as each file spells them. An alias of the same file is followed, one of another file is not.",
        Docs + "bpg007");

    public static readonly DiagnosticDescriptor ShapeMismatch = new(
        "BPG010",
        "A layer does not fit the one before it",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each layer takes as many values per sample as the layer before it gives.",
        Docs + "bpg010");

    public static readonly DiagnosticDescriptor ArgumentOutOfRange = new(
        "BPG011",
        "An argument of a network is out of range",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Sizes are at least 1 and their products fit memory; rates lie in the interval that their update rule is defined on.",
        Docs + "bpg011");

    public static readonly DiagnosticDescriptor UnknownInput = new(
        "BPG012",
        "The shape of the input is not known",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Where the first layer does not fix the shape of a sample, an Input attribute has to.",
        Docs + "bpg012");

    public static readonly DiagnosticDescriptor Order = new(
        "BPG013",
        "The attributes of a network are out of order",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network is written in the order of its computation: the input, the layers, a loss, an optimizer.",
        Docs + "bpg013");

    public static readonly DiagnosticDescriptor MoreThanOne = new(
        "BPG014",
        "A network has more than one loss, optimizer or input",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network has at most one input, one loss and one optimizer.",
        Docs + "bpg014");

    public static readonly DiagnosticDescriptor LossMisfit = new(
        "BPG016",
        "A loss does not fit the layer before it",
        "{0}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A loss is made for logits, probabilities or log-probabilities. Behind a layer that gives something else it trains badly, or not at all.",
        Docs + "bpg016");

    public static readonly DiagnosticDescriptor ImpossibleShape = new(
        "BPG017",
        "A layer cannot take a shape at all",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Some layers take only flat vectors, only sequences or only images, whatever their sizes.",
        Docs + "bpg017");

    public static readonly DiagnosticDescriptor MemoryBudget = new(
        "BPG020",
        "A network needs more memory than its budget",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The Bytes of a Budget are an object's memory: parameters, gradients, optimizer state, workspace and scratch.",
        Docs + "bpg020");

    public static readonly DiagnosticDescriptor MultiplyAddBudget = new(
        "BPG021",
        "A network needs more multiply-adds than its budget",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The MultiplyAdds of a Budget are those of one sample's inference.",
        Docs + "bpg021");

    public static readonly DiagnosticDescriptor CodeBudget = new(
        "BPG022",
        "A network needs more code than its budget",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The CodeBytes of a Budget are bytes of emitted C#, without comments and indentation.",
        Docs + "bpg022");

    public static readonly DiagnosticDescriptor LayerShape = new(
        "BPG100",
        "What a layer makes of its input",
        "{0}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: false,
        "Off by default. dotnet_diagnostic.BPG100.severity = suggestion in an .editorconfig shows every layer's shapes and parameters at its attribute.",
        Docs + "bpg100");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotPartial,
        Scattered,
        UnsupportedTarget,
        NameTaken,
        Name,
        LanguageTooOld,
        GlobalAlias,
        ShapeMismatch,
        ArgumentOutOfRange,
        UnknownInput,
        Order,
        MoreThanOne,
        LossMisfit,
        ImpossibleShape,
        MemoryBudget,
        MultiplyAddBudget,
        CodeBudget,
        LayerShape);

    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ById { get; } = All.ToDictionary(descriptor => descriptor.Id);
}
