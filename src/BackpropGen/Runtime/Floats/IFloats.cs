#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>
/// Neighbouring floats in one register: the vocabulary of generated code, which is written once and compiled for every width that the machine
/// has. Conditions are registers too: all bits of a lane are set where it holds.
/// </summary>
/// <remarks>
/// A network's first step waits for the JIT, and the JIT for what it inlines: some 20 µs for each call within a call, and as much again where
/// a conditional expression has to be copied. So what kernels call most calls nothing that is no instruction, and asks with <c>if</c> and
/// <c>return</c>. 64-32-10 has its first step 25 ms earlier for it.
/// </remarks>
/// <typeparam name="TSelf">The register.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial interface IFloats<TSelf>
    where TSelf : struct, IFloats<TSelf>
{
    /// <summary>How many floats there are.</summary>
    static abstract int Count { get; }

    /// <summary>Whether <see cref="MultiplyAdd(TSelf, TSelf, TSelf)"/> rounds once. A constant to the JIT.</summary>
    static abstract bool IsFused { get; }

    /// <summary>Whether the machine has 32 registers of this width, not 16. A constant to the JIT.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>0 in every lane.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>1 in every lane.</summary>
    static abstract TSelf One { get; }

    /// <summary>One value in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>The neighbours from an element on. Nothing is checked.</summary>
    static abstract TSelf Load(ref float source, int offset);

    /// <summary>Neighbouring integers as floats; exact below 2²⁴. Nothing is checked.</summary>
    static abstract TSelf Load(ref int source, int offset);

    /// <summary>One element in every lane. Nothing is checked.</summary>
    static abstract TSelf Broadcast(ref float source, int offset);

    /// <summary>start, start + 1, start + 2, …; exact below 2²⁴.</summary>
    static abstract TSelf Index(int start);

    /// <summary>The sum of each lane.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The difference of each lane.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The product of each lane.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The quotient of each lane.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Every lane times one number.</summary>
    static abstract TSelf operator *(float left, TSelf right);

    /// <summary>Every lane with the other sign.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>The lanes where the comparison holds; it does not where either is NaN.</summary>
    static abstract TSelf operator >(TSelf left, TSelf right);

    /// <summary>The lanes where the comparison holds; it does not where either is NaN.</summary>
    static abstract TSelf operator >=(TSelf left, TSelf right);

    /// <summary>The lanes where the comparison holds; it does not where either is NaN.</summary>
    static abstract TSelf operator <(TSelf left, TSelf right);

    /// <summary>The lanes where the comparison holds; it does not where either is NaN.</summary>
    static abstract TSelf operator <=(TSelf left, TSelf right);

    /// <summary>The lanes where both conditions hold; of numbers, the bits that both have.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>The lanes where either condition holds; of numbers, the bits that either has.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>The lanes where one condition holds and not the other; of numbers, the bits that one has and not the other.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>The lanes where the condition does not hold.</summary>
    static abstract TSelf operator ~(TSelf value);

    /// <summary>The lanes where both are the same number.</summary>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>The first where the condition holds, the second elsewhere.</summary>
    static abstract TSelf Choose(TSelf condition, TSelf yes, TSelf no);

    /// <summary>x, and 0 in every lane where the condition holds.</summary>
    static abstract TSelf Unless(TSelf condition, TSelf x);

    /// <summary>The larger of each lane; NaN if either is.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>What lies above a bound becomes the bound; NaN stays.</summary>
    static abstract TSelf AtMost(float bound, TSelf x);

    /// <summary>What lies below a bound becomes the bound; NaN stays.</summary>
    static abstract TSelf AtLeast(float bound, TSelf x);

    /// <summary>value·2^power, rounded once, for whole powers in [−252, 254] and −∞.</summary>
    static abstract TSelf Scale(TSelf value, TSelf power);

    /// <summary>
    /// The m in [¾, 1½) and the whole exponent e of x = m·2^e, denormals included. Of 0 the exponent is −∞, of ∞ it is ∞; of NaN and of what
    /// is below 0 one of the two is NaN.
    /// </summary>
    static abstract TSelf Mantissa(TSelf x, out TSelf exponent);

    /// <summary>2^(k/8 − 127), for a k in [8, 2040) that a number holds in its last twelve bits.</summary>
    static abstract TSelf PowerOfEighths(TSelf k);

    /// <summary>The bits of each lane, so many places further up.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int count);

    /// <summary>Whether the condition holds in any lane.</summary>
    static abstract bool Any(TSelf condition);

    /// <summary>The largest lane; NaN if any is.</summary>
    static abstract float Max(TSelf value);

    /// <summary>The sum of all lanes, in double.</summary>
    static abstract double Total(TSelf value);

    /// <summary>Four sums in double, of every fourth lane: what totals of many registers are added up in.</summary>
    static abstract Vector256<double> Totals(TSelf value);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The natural logarithm.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>log(1 + x).</summary>
    static abstract TSelf Log1p(TSelf x);

    /// <summary>eˣ − 1.</summary>
    static abstract TSelf Expm1(TSelf x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>The error function.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>The sine.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>The cosine.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>|x|.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>−1 below 0, 1 above; ±0 and NaN as they are.</summary>
    static abstract TSelf Sign(TSelf x);

    /// <summary>Of each row one value, as often as the row has elements: <c>x[0], x[0], x[1], x[1], …</c>. Nothing is checked.</summary>
    /// <param name="width">The elements of a row: 2, 4 or 8. A constant to the JIT, here and below.</param>
    /// <param name="source">Where the values are: no more are read than there are rows in the register.</param>
    /// <param name="offset">Where the first is.</param>
    static abstract TSelf RepeatEach(int width, ref float source, int offset);

    /// <summary>The same of values that are in a register already.</summary>
    /// <param name="width">The elements of a row: 2, 4 or 8.</param>
    /// <param name="values">The values.</param>
    /// <param name="first">The lane of the first, a multiple of the rows in a register.</param>
    static abstract TSelf RepeatEach(int width, TSelf values, int first);

    /// <summary>One row again and again.</summary>
    /// <param name="width">The elements of a row: 2 or 4.</param>
    /// <param name="row">The row, in the first lanes.</param>
    static abstract TSelf RepeatRow(int width, Floats128 row);

    /// <summary>The sum of all rows of 2 or 4; lanes beyond the row are 0.</summary>
    /// <param name="width">The elements of a row: 2 or 4.</param>
    /// <param name="rows">The rows.</param>
    static abstract Floats128 SumRows(int width, TSelf rows);

    /// <summary>The sums of every two neighbours: first those of one register, then those of another.</summary>
    static abstract TSelf SumNeighbours(TSelf first, TSelf second);

    /// <summary>Writes the lanes from an element on. Nothing is checked.</summary>
    void Store(ref float destination, int offset);
}
#endif
