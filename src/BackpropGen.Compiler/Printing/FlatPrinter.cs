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
        Tensor tensor = isSum ? Fold.Body.Reads.First(r => r.At.Count > 0).Tensor : kernel.Lead.Target;
        bool isRange = kernel.Split is not null && tensor.HasBatch;
        string count = Count(tensor, isRange ? Loops.RangeEnd : kernel.Rows);
        string begin = isRange ? Count(tensor, Loops.RangeBegin) : "0";
        if (isSum)
        {
            writer.Line("double sum = 0.0;");
        }

        if (hasVectors)
        {
            if (isSum)
            {
                writer.Line("Vector256<double> sums = default;");
            }

            new Loops(writer, kernel.Rows).Lanes("i", count, Loops.Passes(null, 1), pass => Body(isSum, pass.Register), begin);
        }
        else
        {
            writer.Open($"for (int i = {begin}; i < {count}; i++)");
            Body(isSum, Register.Single);
            writer.Close();
        }

        if (isSum)
        {
            writer.Line(hasVectors ? "return Vector256.Sum(sums) + sum;" : "return sum;");
        }
    }

    private void Body(bool isSum, Register register)
    {
        var body = new KernelBody(writer, Position.Flat("i"), null, register, isFlat: true);
        if (!isSum)
        {
            body.Statements(kernel, null);
            return;
        }

        string term = body.Print(Fold.Body);
        writer.Line(register.IsVector ? $"sums += {register.Type}.Totals({term});" : $"sum += {term};");
    }

    // The elements of a tensor, as C#.
    private static string Count(Tensor tensor, string rows)
    {
        string size = tensor.SizePerSample.ToString(CultureInfo.InvariantCulture);
        return !tensor.HasBatch ? size : tensor.SizePerSample == 1 ? rows : $"{rows} * {size}";
    }
}
