#if NET8_0_OR_GREATER
using V = System.Numerics.Vector<float>;

namespace BackpropGen.Runtime;

/// <summary>A function of one float, for any number of lanes.</summary>
internal interface IFunction
{
    /// <summary>Its value in every lane.</summary>
    static abstract V Of(V x);
}

internal readonly struct ExpFunction : IFunction
{
    public static V Of(V x) => VectorMath.Exp(x);
}

internal readonly struct LogFunction : IFunction
{
    public static V Of(V x) => VectorMath.Log(x);
}

internal readonly struct Log1pFunction : IFunction
{
    public static V Of(V x) => VectorMath.Log1p(x);
}

internal readonly struct Expm1Function : IFunction
{
    public static V Of(V x) => VectorMath.Expm1(x);
}

internal readonly struct TanhFunction : IFunction
{
    public static V Of(V x) => VectorMath.Tanh(x);
}

internal readonly struct SigmoidFunction : IFunction
{
    public static V Of(V x) => VectorMath.Sigmoid(x);
}

internal readonly struct ErfFunction : IFunction
{
    public static V Of(V x) => VectorMath.Erf(x);
}

internal readonly struct SinFunction : IFunction
{
    public static V Of(V x) => VectorMath.Sin(x);
}

internal readonly struct CosFunction : IFunction
{
    public static V Of(V x) => VectorMath.Cos(x);
}
#endif
