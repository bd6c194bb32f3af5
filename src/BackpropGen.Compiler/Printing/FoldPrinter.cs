using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes how a kernel's fold starts and how a term goes into it.</summary>
internal static class FoldPrinter
{
    /// <summary>What the accumulator is called.</summary>
    public static string Accumulator(Kernel kernel) => kernel.Lead.Value.Kind == ReduceKind.Sum ? "sum" : "max";

    /// <summary>Nothing folded yet.</summary>
    public static string Empty(Kernel kernel, Register register) =>
        kernel.Lead.Value.Kind == ReduceKind.Sum ? register.Zero : register.Create("float.NegativeInfinity");

    /// <summary>The same where a variable is declared: zeros without a call, which the JIT would have to compile.</summary>
    public static string Start(Kernel kernel, Register register) =>
        register.IsVector && kernel.Lead.Value.Kind == ReduceKind.Sum ? "default" : Empty(kernel, register);

    /// <summary>What a sum starts from: its seed, what is in memory already, or both; null where it starts from nothing.</summary>
    public static Expr? Seed(Kernel kernel)
    {
        Statement lead = kernel.Lead;
        Expr? memory = lead.Store == Store.Accumulate ? new Read(lead.Target, lead.At) : null;
        return memory is null ? lead.Value.Seed : lead.Value.Seed is null ? memory : memory + lead.Value.Seed;
    }

    /// <summary>Partial results in one, in pairs: so no operation waits longer than it must.</summary>
    public static string Join(Kernel kernel, IEnumerable<string> parts, Register register)
    {
        bool isSum = kernel.Lead.Value.Kind == ReduceKind.Sum;
        List<string> all = parts.ToList();
        while (all.Count > 1)
        {
            var pairs = new List<string>();
            for (int i = 0; i < all.Count; i += 2)
            {
                bool isLast = all.Count <= 2;
                pairs.Add(i + 1 == all.Count ? all[i]
                    : !isSum ? $"{register.Function("Max")}({all[i]}, {all[i + 1]})"
                    : isLast ? $"{all[i]} + {all[i + 1]}" : $"({all[i]} + {all[i + 1]})");
            }

            all = pairs;
        }

        return all[0];
    }

    /// <summary>
    /// Puts a product into the sum of a loop, one factor of which is an element of memory, the same for all lanes, that stands at a place, written as
    /// the arguments of a method. False where the term is no such product.
    /// </summary>
    public static bool AddElement(Kernel kernel, CodeWriter writer, KernelBody body, string accumulator, (Read Factor, string Place) element)
    {
        if (kernel.Lead.Value is not { Kind: ReduceKind.Sum, Body: Binary { Op: BinaryOp.Multiply } product } || (product.Left.Equals(element.Factor) == product.Right.Equals(element.Factor)))
        {
            return false;
        }

        writer.Line($"{accumulator}.AddProduct({element.Place}, {body.Print(product.Left.Equals(element.Factor) ? product.Right : product.Left)});");
        return true;
    }

    /// <summary>Puts a term into an accumulator.</summary>
    public static void Accumulate(Kernel kernel, CodeWriter writer, KernelBody body, string accumulator, Register register, string best = "best", string? letter = null, bool isInLoop = false)
    {
        Expr term = kernel.Lead.Value.Body;
        switch (kernel.Lead.Value.Kind)
        {
            case ReduceKind.Sum when register.IsVector && term is Binary { Op: BinaryOp.Multiply } product:
                string factors = $"{body.Print(product.Left)}, {body.Print(product.Right)}";

                // The sum of a loop stays in one register this way. Of many in one line of code the JIT would make memory.
                writer.Line(isInLoop ? $"{accumulator}.AddProduct({factors});" : $"{accumulator} = {register.Type}.MultiplyAdd({factors}, {accumulator});");
                break;
            case ReduceKind.Sum:
                writer.Line($"{accumulator} += {body.Print(term)};");
                break;
            case ReduceKind.Max:
                writer.Line($"{accumulator} = {register.Function("Max")}({accumulator}, {body.Print(term)});");
                break;
            default:
                // The first of equals, and NaN before all.
                Axis over = kernel.Lead.Value.Over[0];
                string value = body.Print(term);
                writer.Open($"if ({value} > {accumulator} || (float.IsNaN({value}) && !float.IsNaN({accumulator})))");
                writer.Line($"{accumulator} = {value};");
                writer.Line($"{best} = {letter ?? (over.Extent == (Extent)1 ? "0" : over.Letter)};");
                writer.Close();
                break;
        }
    }
}
