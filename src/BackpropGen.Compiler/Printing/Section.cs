using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Entry points, and the methods that they call.</summary>
internal sealed class Section
{
    /// <summary>The attribute of a method that works on registers, or calls those that do.</summary>
    public const string OnItsOwn = "[MethodImpl(OnItsOwn)]";

    public CodeWriter Entries { get; } = new();

    /// <summary>Kernels in order, which several entry points have.</summary>
    public CodeWriter Passes { get; } = new();

    public CodeWriter Kernels { get; } = new();

    /// <summary>The kernels' names by their keys.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>The methods by their names.</summary>
    public Dictionary<string, string> Methods { get; } = [];

    /// <summary>
    /// The method of a kernel. Programs often want the very same pass, and layers of the same sizes the same with other tensors: it is written once.
    /// </summary>
    public string KernelName(Kernel kernel, bool isTraining = false)
    {
        string key = KernelKey.Of(kernel);
        if (!Names.TryGetValue(key, out string? name))
        {
            if (kernel.Strategy is RowByRow { Blocks.Product: { } product } rows)
            {
                kernel = kernel with { Strategy = rows.Of(product with { Name = KernelName(KernelNames.Name([product])[0], isTraining) }) };
            }

            // The same pass that keeps more, because the backward pass reads it, is the one for training.
            name = Methods.ContainsKey(kernel.Name) && isTraining && !Methods.ContainsKey(kernel.Name + "Training") ? kernel.Name + "Training" : kernel.Name;
            name = Named(name, Kernels, n =>
            {
                var own = new CodeWriter();
                KernelPrinter.Print(kernel with { Name = n }, own);
                return own.ToString();
            });
            Names.Add(key, name);
        }

        return name;
    }

    /// <summary>The name of a method, which is written where none of that name and text is yet.</summary>
    /// <param name="wanted">Its name, if no other has it.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="print">Its text by its name.</param>
    public string Named(string wanted, CodeWriter writer, Func<string, string> print)
    {
        for (int copy = 1; ; copy++)
        {
            string name = copy == 1 ? wanted : string.Format(CultureInfo.InvariantCulture, "{0}Version{1}", wanted, copy);
            if (!Methods.TryGetValue(name, out string? known))
            {
                string text = print(name);
                Methods.Add(name, text);
                writer.Lines(text);
                return name;
            }

            if (known == print(name))
            {
                return name;
            }
        }
    }

    public override string ToString() => string.Join("\n", new[] { Entries, Passes, Kernels }.Select(w => w.ToString()).Where((text, i) => i == 0 || text.Length > 0));
}
