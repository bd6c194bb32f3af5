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

    public static readonly DiagnosticDescriptor Name = new(
        "BPG005",
        "A layer's name is taken or is no identifier",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A layer's tensors are properties that begin with its name, so it must be an identifier that no other layer has.",
        Docs + "bpg005");

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

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ImmutableArray.Create(NotPartial, Scattered, UnsupportedTarget, Name, ShapeMismatch, ArgumentOutOfRange, UnknownInput, Order, MoreThanOne);

    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ById { get; } = All.ToDictionary(descriptor => descriptor.Id);
}
