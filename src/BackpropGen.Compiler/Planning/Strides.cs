using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>How far apart in memory neighbours along an axis lie.</summary>
internal static class Strides
{
    /// <summary>The distance between neighbours along the given dimension.</summary>
    public static int Of(Tensor tensor, int dimension)
    {
        int stride = 1;
        for (int d = tensor.Extents.Count - 1; d > dimension; d--)
        {
            stride *= tensor.Extents[d].Value;
        }

        return stride;
    }

    /// <summary>How far an access moves when the letter moves by one.</summary>
    public static int Along(Tensor tensor, EquatableArray<Index> at, Axis axis) =>
        at.Select((index, d) => index.CoefficientOf(axis) * Of(tensor, d)).Sum();
}
