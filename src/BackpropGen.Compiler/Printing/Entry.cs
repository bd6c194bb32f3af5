using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A method of the arithmetic that a member calls.</summary>
/// <param name="Type">What it returns.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, as they are declared.</param>
internal sealed record Entry(string Type, string Name, string Parameters)
{
    /// <summary>The most samples that have code for a few; 0 where there is none.</summary>
    public int MostOfFew { get; init; }

    /// <summary>The same where registers are few.</summary>
    public int MostOfFewInFewRegisters { get; init; }

    /// <summary>The code for those, a wide network's gradients or two samples', has sums enough side by side to keep a processor busy that takes 512 bits as two halves.</summary>
    public bool IsBusy { get; init; }

    /// <summary>What the method for those is called.</summary>
    public string NameOfFew => Name + "Each";

    /// <summary>The parameters, as they are passed on.</summary>
    public string Arguments => string.Join(", ", Parameters.Replace(", ", ",").Split(',').Select(p => p.Substring(p.LastIndexOf(' ') + 1)));
}
