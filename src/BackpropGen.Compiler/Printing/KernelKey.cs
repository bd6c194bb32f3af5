using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Compiler;

/// <summary>
/// What a kernel's code depends on, with tensors and numbers of the call named by their places: two kernels of one key are one method with
/// different arguments.
/// </summary>
internal static class KernelKey
{
    /// <summary>The same, and which tensors it is called with.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="ofStep">It makes no difference whether it is called with gradients or their parameters.</param>
    public static string OfCall(Kernel kernel, bool ofStep = false) =>
        $"{Of(kernel)} {string.Join(" ", kernel.Memory.Select(t => ofStep && t.Role is TensorRole.Gradient or TensorRole.Parameter ? t.Slot!.Name : MathPrinter.Memory(t)))}";

    public static string Of(Kernel kernel)
    {
        var text = new StringBuilder();
        var numbers = new Dictionary<Tensor, int>();
        foreach (Tensor tensor in kernel.Scalars.Concat(kernel.Memory))
        {
            numbers.Add(tensor, numbers.Count);
            text.Append(tensor.Element).Append('[').Append(string.Join(",", tensor.Extents)).Append(']').Append(kernel.Stored.Contains(tensor) ? "s " : " ");
        }

        text.Append(kernel.Rows).Append(kernel.Split is { } split ? "by " + split.Axis.Letter : string.Empty).Append(kernel.Strategy.GetType().Name);
        if (kernel.Column is { } column)
        {
            text.Append(" of a column ");
            Name(column.Source.Tensor);
            Indices(column.Source.At);
        }

        if (kernel.Strategy is LanesAcrossSum sums)
        {
            // What is left for few rows may have no code for two at once, and goes through a matrix once.
            text.Append(string.Join(",", sums.RowsAtOnce)).Append(sums.ColumnsFirst ? " columns first" : string.Empty);
        }

        if (kernel.Strategy is LanesAcrossOutputs lanes)
        {
            // What is done for many rows only has no code for few.
            text.Append(string.Join(",", lanes.Rows));
        }

        if (kernel.Strategy is RowByRow { Blocks: { } blocks })
        {
            text.Append(string.Join(",", blocks.Kept.Select(t => numbers[t]))).Append(blocks.Product is null ? string.Empty : " of a product");
        }

        foreach (Statement statement in kernel.Statements)
        {
            text.Append('\n');
            Name(statement.Target);
            Indices(statement.At);
            text.Append(statement.Store).Append(statement.Value.Kind);
            foreach (Axis axis in statement.Value.Over)
            {
                Letter(axis);
            }

            text.Append(':');
            if (statement.Value.Seed is { } seed)
            {
                Write(seed);
                text.Append(';');
            }

            Write(statement.Value.Body);
        }

        return text.ToString();

        void Name(Tensor tensor)
        {
            // What stays in a register has no place yet.
            if (!numbers.TryGetValue(tensor, out int number))
            {
                number = numbers.Count;
                numbers.Add(tensor, number);
            }

            text.Append('#').Append(number.ToString(CultureInfo.InvariantCulture));
        }

        void Letter(Axis axis) => text.Append(axis.Letter).Append('<').Append(axis.Extent).Append('>');

        void IndexOf(Index index)
        {
            foreach (IndexTerm term in index.Terms)
            {
                text.Append(term.Coefficient.ToString(CultureInfo.InvariantCulture));
                Letter(term.Axis);
            }

            text.Append(index.Constant.ToString(CultureInfo.InvariantCulture)).Append(',');
        }

        void Indices(EquatableArray<Index> at)
        {
            text.Append('[');
            foreach (Index index in at)
            {
                IndexOf(index);
            }

            text.Append(']');
        }

        void Write(Expr e)
        {
            switch (e)
            {
                case Const c:
                    text.Append(c.Value.ToString("R", CultureInfo.InvariantCulture));
                    break;
                case Read read:
                    Name(read.Tensor);
                    Indices(read.At);
                    break;
                case IndexValue value:
                    IndexOf(value.Index);
                    break;
                case ExtentValue value:
                    text.Append(value.Extent);
                    break;
                case Select select:
                    text.Append("if(");
                    Condition(select.When);
                    text.Append(')');
                    break;
                default:
                    text.Append(e is Unary unary ? unary.Op.ToString() : e is Binary binary ? binary.Op.ToString() : e.GetType().Name);
                    break;
            }

            Expr[] parts = e is Select choice ? [choice.Then, choice.Else] : [.. e.Children];
            text.Append('(');
            foreach (Expr part in parts)
            {
                Write(part);
                text.Append(' ');
            }

            text.Append(')');
        }

        void Condition(Pred p)
        {
            switch (p)
            {
                case And and:
                    Condition(and.Left);
                    text.Append('&');
                    Condition(and.Right);
                    break;
                case Not not:
                    text.Append('!');
                    Condition(not.Operand);
                    break;
                case Compare compare:
                    text.Append(compare.Op);
                    Write(compare.Left);
                    Write(compare.Right);
                    break;
                default:
                    throw new InvalidOperationException($"No key of {p.GetType().Name}.");
            }
        }
    }
}
