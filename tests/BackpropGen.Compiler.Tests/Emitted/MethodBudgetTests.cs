using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// No emitted method goes over the cliffs of the JIT, which keeps values in memory from some hundreds of locals on, and makes calls of what it
/// should make instructions of.
/// </summary>
public sealed class MethodBudgetTests(ITestOutputHelper output)
{
    private const int MostMultiplyAdds = 256;
    private const int MostBytes = 10 * 1024;
    private const int MostLocals = 250;

    [Fact]
    public void Every_method_stays_within_its_budget_and_on_its_own()
    {
        // Widths around every number of lanes and every limit of the planner, activations that are long when they are written out.
        var random = new Random(20261121);
        int[] widths = [1, 2, 3, 5, 8, 10, 13, 16, 17, 24, 31, 32, 33, 40, 48, 63, 64, 65, 96, 100, 127, 128, 200, 256, 400];
        string[] layers = RegisteredAttributes.Layers.Where(l => RegisteredAttributes.Texts(l, 4, 4).Count > 0 && l != typeof(AffineAttribute)).Select(l => RegisteredAttributes.Plain(l, 4, 4)).ToArray();
        string[] losses = RegisteredAttributes.Losses.Select(l => RegisteredAttributes.Plain(l)).ToArray();
        string[] optimizers = RegisteredAttributes.Optimizers.Select(o => RegisteredAttributes.Plain(o)).ToArray();
        var networks = new List<string[]>();
        for (int i = 0; i < 36; i++)
        {
            var attributes = new List<string>();
            int features = Any(widths);
            for (int layer = random.Next(1, 4); layer > 0; layer--)
            {
                int next = Any(widths);
                attributes.Add($"Affine({features}, {next}{(random.Next(4) == 0 ? ", Layout = WeightLayout.OutIn" : string.Empty)})");
                attributes.Add(Any(layers));
                features = next;
            }

            attributes.Add("Sigmoid");
            attributes.Add(Any(losses));
            attributes.Add(Any(optimizers));
            networks.Add([.. attributes]);
        }

        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var over = new List<string>();
        (int MultiplyAdds, int Bytes, int Locals) most = default;
        int methods = 0;
        foreach (MethodInfo method in assembly.Arithmetic)
        {
            MethodBody body = method.GetMethodBody()!;
            byte[] il = body.GetILAsByteArray()!;
            (int MultiplyAdds, int Bytes, int Locals) size = (MultiplyAdds(method, il), il.Length, body.LocalVariables.Count);
            most = (Math.Max(most.MultiplyAdds, size.MultiplyAdds), Math.Max(most.Bytes, size.Bytes), Math.Max(most.Locals, size.Locals));
            methods++;
            if (size.MultiplyAdds > MostMultiplyAdds || size.Bytes > MostBytes || size.Locals > MostLocals)
            {
                over.Add($"{method.DeclaringType!.Name}.{method.Name}: {size.MultiplyAdds} multiply-adds, {size.Bytes} bytes of IL, {size.Locals} locals");
            }

            // A caller that the JIT has a profile of would take it in, and leave the calls of registers' functions as calls.
            if (size.MultiplyAdds > 0 && !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining))
            {
                over.Add($"{method.DeclaringType!.Name}.{method.Name}: works on registers and may be inlined");
            }
        }

        output.WriteLine($"{methods} methods, at most {most.MultiplyAdds} multiply-adds, {most.Bytes} bytes of IL, {most.Locals} locals");
        Assert.True(methods > 1000);
        Assert.True(over.Count == 0, string.Join("\n", over));

        T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
    }

    // Calls of MultiplyAdd and AddProduct: call is 0x28 and a token. A byte that only looks like one resolves to no method of that name.
    private static int MultiplyAdds(MethodInfo method, byte[] il)
    {
        int count = 0;
        for (int i = 0; i + 4 < il.Length; i++)
        {
            if (il[i] == 0x28 && Called(method, BitConverter.ToInt32(il, i + 1)) is { } name && (name.StartsWith("MultiplyAdd", StringComparison.Ordinal) || name.StartsWith("AddProduct", StringComparison.Ordinal)))
            {
                count++;
                i += 4;
            }
        }

        return count;
    }

    private static string? Called(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), null)?.Name;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
