using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace BackpropGen;

/// <summary>
/// Says where in a file a network's tensors are, where the file calls them otherwise, and how weight matrices are stored in a file that
/// this library did not write. Immutable.
/// </summary>
/// <remarks>
/// A square matrix fits either way round, so nothing is guessed from shapes: a file from elsewhere is loaded only with a map that says the
/// order, and a file of this library says its order itself.
/// </remarks>
public sealed class WeightMap
{
    private readonly string[]? prefixes;
    private readonly IReadOnlyDictionary<string, string> names;

    private WeightMap(WeightLayout? layout, string[]? prefixes, IReadOnlyDictionary<string, string> names, bool ignoresOthers)
    {
        Layout = layout;
        this.prefixes = prefixes;
        this.names = names;
        IgnoresOthers = ignoresOthers;
    }

    /// <summary>The map of a file of this library that calls everything the same.</summary>
    internal static WeightMap Same { get; } = new(null, null, Copy(null), ignoresOthers: false);

    /// <summary>How the file stores weight matrices; null where the file says it itself, because this library wrote it.</summary>
    public WeightLayout? Layout { get; }

    /// <summary>Whether the file may have further tensors, that the network does not have.</summary>
    public bool IgnoresOthers { get; }

    /// <summary>
    /// A <c>state_dict</c> of PyTorch, by what its layers are called there: the weights of our first layer with parameters are
    /// <c>{prefixes[0]}.weight</c>, its bias is <c>{prefixes[0]}.bias</c>, and so on. Weight matrices are [outputs, inputs].
    /// </summary>
    /// <param name="prefixes">One for each layer that has parameters, in their order: <c>"0", "2"</c> of a Sequential, or <c>"fc1", "fc2"</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="prefixes"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">One is there twice.</exception>
    public static WeightMap FromPyTorch(params string[] prefixes)
    {
        if (prefixes is null || Array.IndexOf(prefixes, null!) >= 0)
        {
            throw new ArgumentNullException(nameof(prefixes));
        }

        if (prefixes.GroupBy(p => p, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The prefix '{twice.Key}' is there twice: each layer has one of its own.", nameof(prefixes));
        }

        return new WeightMap(WeightLayout.OutIn, (string[])prefixes.Clone(), Copy(null), ignoresOthers: false);
    }

    /// <summary>A <c>state_dict</c> of PyTorch, tensor by tensor. Weight matrices are [outputs, inputs].</summary>
    /// <param name="names">For the network's tensor (<c>Affine1Weights</c>) the file's (<c>encoder.0.weight</c>). What is not in it is called the same in the file.</param>
    /// <inheritdoc cref="Stored"/>
    public static WeightMap FromPyTorch(IReadOnlyDictionary<string, string> names) => Stored(WeightLayout.OutIn, names ?? throw new ArgumentNullException(nameof(names)));

    /// <summary>A file from elsewhere, whose weight matrices are stored in this order.</summary>
    /// <param name="layout">[inputs, outputs] or [outputs, inputs].</param>
    /// <param name="names">For the network's tensor the file's. What is not in it is called the same in the file.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layout"/> is no layout.</exception>
    /// <exception cref="ArgumentException">Two of the network's tensors have the same in the file.</exception>
    public static WeightMap Stored(WeightLayout layout, IReadOnlyDictionary<string, string>? names = null)
    {
        if (layout is not (WeightLayout.InOut or WeightLayout.OutIn))
        {
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "A layout is InOut or OutIn.");
        }

        return new WeightMap(layout, null, Copy(names), ignoresOthers: false);
    }

    /// <summary>A file of this library, from a network whose layers were called otherwise.</summary>
    /// <param name="names">For the network's tensor the file's. What is not in it is called the same in the file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="names"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">Two of the network's tensors have the same in the file.</exception>
    public static WeightMap Renamed(IReadOnlyDictionary<string, string> names) =>
        new(null, null, Copy(names ?? throw new ArgumentNullException(nameof(names))), ignoresOthers: false);

    /// <summary>The same map, for a file that may have further tensors.</summary>
    public WeightMap IgnoringOthers() => new(Layout, prefixes, names, ignoresOthers: true);

    /// <summary>What the file calls each of a network's tensors.</summary>
    /// <exception cref="ArgumentException">The map does not fit the network.</exception>
    internal string[] NamesFor(IReadOnlyList<NetworkTensor> tensors, string parameter)
    {
        CheckKnown(tensors, parameter);
        string[] found = prefixes is null
            ? tensors.Select(t => names.TryGetValue(t.Name, out string? name) ? name : t.Name).ToArray()
            : Prefixed(tensors, parameter);
        var seen = new Dictionary<string, NetworkTensor>(StringComparer.Ordinal);
        for (int i = 0; i < found.Length; i++)
        {
            if (seen.TryGetValue(found[i], out NetworkTensor? first))
            {
                throw new ArgumentException(
                    $"The map gives the file's tensor '{Quoted.Name(found[i])}' to two of the network's: '{first.Name}' and '{tensors[i].Name}'. Each needs one of its own.",
                    parameter);
            }

            seen.Add(found[i], tensors[i]);
        }

        return found;
    }

    private void CheckKnown(IReadOnlyList<NetworkTensor> tensors, string parameter)
    {
        foreach (string name in names.Keys)
        {
            if (!tensors.Any(t => t.Name == name))
            {
                throw new ArgumentException(
                    $"The map names '{Quoted.Name(name)}', and this network has {Quoted.ListOf(tensors, "no tensors")}.", parameter);
            }
        }
    }

    private string[] Prefixed(IReadOnlyList<NetworkTensor> tensors, string parameter)
    {
        if (tensors.FirstOrDefault(t => t.Layer.Length == 0) is { } lonely)
        {
            throw new ArgumentException(
                $"The network's tensor '{lonely}' does not say to which layer it belongs: give a map with a name for each tensor.", parameter);
        }

        List<string> layers = tensors.Select(t => t.Layer).Distinct().ToList();
        if (layers.Count != prefixes!.Length)
        {
            throw new ArgumentException(
                $"The map has {Count(prefixes.Length, "prefix", "prefixes")} ({Quoted.ListOf(prefixes, "none")}), and this network has {Count(layers.Count, "layer", "layers")} with parameters ({Quoted.ListOf(layers, "none")}): one each, in this order.",
                parameter);
        }

        return tensors.Select(t => Dotted(prefixes[layers.IndexOf(t.Layer)], PyTorchName(t.Name.Substring(t.Layer.Length)))).ToArray();
    }

    private static string Count(int count, string one, string many) => count == 1 ? "1 " + one : $"{count} {many}";

    private static string Dotted(string prefix, string name) => prefix.Length == 0 ? name : prefix + "." + name;

    // Parameters are called in the singular and in small letters there.
    private static string PyTorchName(string ours) => ours == "Weights" ? "weight" : ours.ToLowerInvariant();

    private static ReadOnlyDictionary<string, string> Copy(IReadOnlyDictionary<string, string>? names)
    {
        var copy = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in names ?? new Dictionary<string, string>())
        {
            if (pair.Value is null)
            {
                throw new ArgumentNullException(nameof(names), $"The map has no name for '{pair.Key}'.");
            }

            if (seen.TryGetValue(pair.Value, out string? first))
            {
                throw new ArgumentException(
                    $"The map gives the file's tensor '{pair.Value}' to two of the network's: '{first}' and '{pair.Key}'. Each needs one of its own.", nameof(names));
            }

            seen.Add(pair.Value, pair.Key);
            copy.Add(pair.Key, pair.Value);
        }

        return new ReadOnlyDictionary<string, string>(copy);
    }
}
