using System;
using System.Collections.Generic;

namespace BackpropGen.Compiler.Tests;

/// <summary>Values of single expressions of a few variables.</summary>
internal sealed class ScalarProgram
{
    private static readonly Origin Here = new(-1, "Test");
    private readonly Interpreter interpreter = new(1);
    private readonly Dictionary<string, Tensor> variables = new(StringComparer.Ordinal);
    private readonly Tensor result = new("result", TensorRole.Scalar, ElementKind.F64);

    public Read Variable(string symbol)
    {
        if (!variables.TryGetValue(symbol, out Tensor? tensor))
        {
            tensor = new Tensor(symbol, TensorRole.Input, ElementKind.F64);
            variables.Add(symbol, tensor);
        }

        return tensor[[]];
    }

    public double[] Values(string symbol) => interpreter[variables[symbol]];

    public double Evaluate(Expr e)
    {
        interpreter.Run([new Statement(result, default, e, Store.Assign, Here)]);
        return interpreter[result][0];
    }
}
