using System;

namespace BackpropGen.Compiler;

/// <summary>Why a loss does not fit behind a layer, and what helps: the loss's own word.</summary>
/// <param name="Expected">What the loss is made for.</param>
/// <param name="Remedies">What helps, the likeliest first.</param>
internal sealed record Misfit(string Expected, params Remedy[] Remedies);

/// <summary>A way to make a loss and the layer before it fit.</summary>
internal sealed record Remedy
{
    private Remedy(RemedyKind kind, Type? replacement) => (Kind, Replacement) = (kind, replacement);

    /// <summary>The layer is too much: the loss does its work.</summary>
    public static Remedy RemoveLayer { get; } = new(RemedyKind.RemoveLayer, null);

    public RemedyKind Kind { get; }

    /// <summary>The attribute to write instead; null where one is removed.</summary>
    public Type? Replacement { get; }

    public static Remedy ReplaceLayer<T>()
        where T : LayerAttribute => new(RemedyKind.ReplaceLayer, typeof(T));

    public static Remedy ReplaceLoss<T>()
        where T : LossAttribute => new(RemedyKind.ReplaceLoss, typeof(T));
}

internal enum RemedyKind
{
    RemoveLayer,
    ReplaceLayer,
    ReplaceLoss,
}
