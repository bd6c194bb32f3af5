using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes one loop over memory as it lies: element-wise statements, or the sum of all elements in double.</summary>
internal sealed class FlatPrinter(Kernel kernel, CodeWriter writer)
{
    private Fold Fold => kernel.Lead.Value;

    public void Print(bool hasVectors)
    {
        bool isSum = Fold.Kind == ReduceKind.Sum;
        string count = Count(isSum ? Fold.Body.Reads.First(r => r.At.Count > 0).Tensor : kernel.Lead.Target);
        if (isSum && hasVectors)
        {
            writer.Line("Doubles sum = Doubles.Zero;");
        }

        if (isSum)
        {
            writer.Line("double rest = 0.0;");
        }

        if (hasVectors)
        {
            writer.Line("int i = 0;");
            Loop($"for (; i <= {count} - Floats.Count; i += Floats.Count)", isSum, isVector: true);
            Loop($"for (; i < {count}; i++)", isSum, isVector: false);
        }
        else
        {
            Loop($"for (int i = 0; i < {count}; i++)", isSum, isVector: false);
        }

        if (isSum)
        {
            writer.Line(hasVectors ? "return Sum(sum) + rest;" : "return rest;");
        }
    }

    private void Loop(string head, bool isSum, bool isVector)
    {
        writer.Open(head);
        var body = new KernelBody(writer, Position.Flat("i"), null, isVector, isFlat: true);
        if (!isSum)
        {
            body.Statements(kernel, null);
        }
        else
        {
            string term = body.Print(Fold.Body);
            writer.Line(isVector ? $"sum += Widen({term});" : $"rest += {term};");
        }

        writer.Close();
    }

    // The elements of a tensor, as C#.
    private string Count(Tensor tensor)
    {
        string size = tensor.SizePerSample.ToString(CultureInfo.InvariantCulture);
        return !tensor.HasBatch ? size : tensor.SizePerSample == 1 ? kernel.Rows : $"{kernel.Rows} * {size}";
    }
}
