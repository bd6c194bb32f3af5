#if NET8_0_OR_GREATER
namespace BackpropGen.Runtime;

/// <content>Products, of registers and with what lies in memory, and sums of them: what kernels are made of.</content>
public partial interface IFloats<TSelf>
{
    /// <summary>a·b + c, rounded once where the machine has an instruction for it, otherwise twice.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a·b + c with one c for all lanes.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, float c);

    /// <summary>a·b + c with one b for all lanes.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, float b, TSelf c);

    /// <summary>
    /// Adds a·b, rounded as by <see cref="MultiplyAdd(TSelf, TSelf, TSelf)"/>. For sums in loops: the JIT computes it where the sum is, while
    /// of a sum that is assigned it may copy what it computed elsewhere.
    /// </summary>
    void AddProduct(TSelf a, TSelf b);

    /// <summary>
    /// The same of one element in every lane, times b. Where it is in memory, an instruction of 512 bits reads it and puts it into all lanes: a
    /// tile of one register was measured at 8.4 cycles for 8 rows so, and at 11.5 with an instruction more for each row.
    /// </summary>
    void AddProduct(ref float a, int i, TSelf b);

    /// <summary>One element in every lane, times the neighbours from another on, plus c: <c>a[i]·b[j…] + c</c>. Nothing is checked.</summary>
    static abstract TSelf MultiplyAdd(ref float a, int i, ref float b, int j, TSelf c);

    /// <summary>The same with neighbours that are in a register already: an instruction of 512 bits reads the element as it multiplies.</summary>
    static abstract TSelf MultiplyAdd(ref float a, int i, TSelf b, TSelf c);

    /// <summary>Four neighbouring elements, each in every lane and times a row of its own, as the first terms of four sums: <c>sum1 = a[i]·b[j…] + c</c>, <c>sum2 = a[i + 1]·b[j + stride…]</c>.</summary>
    static abstract void FourTerms(ref float a, int i, ref float b, int j, int stride, TSelf c, out TSelf sum1, out TSelf sum2, out TSelf sum3, out TSelf sum4);

    /// <summary>The same, added to four sums: <c>sum1 += a[i]·b[j…]</c>, <c>sum2 += a[i + 1]·b[j + stride…]</c>.</summary>
    static abstract void AddFourTerms(ref float a, int i, ref float b, int j, int stride, ref TSelf sum1, ref TSelf sum2, ref TSelf sum3, ref TSelf sum4);

    /// <summary>The product of one element in every lane and the neighbours from another on: the first term of a sum.</summary>
    static abstract TSelf Multiply(ref float a, int i, ref float b, int j);

    /// <summary>a times the neighbours from an element on, which the instruction reads that multiplies. Nothing is checked.</summary>
    static abstract TSelf Multiply(TSelf a, ref float b, int j);

    /// <summary>The same, plus c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, ref float b, int j, TSelf c);

    /// <summary><see cref="MultiplyAdd(ref float, int, ref float, int, TSelf)"/> with an element that is in a register of four already: a load less, where loads are what is waited for.</summary>
    /// <param name="a">The four.</param>
    /// <param name="lane">Which of them. A constant to the JIT.</param>
    /// <param name="b">Where the neighbours are.</param>
    /// <param name="j">Where the first of them is.</param>
    /// <param name="c">What is added.</param>
    static abstract TSelf MultiplyAdd(Floats128 a, int lane, ref float b, int j, TSelf c);

    /// <summary>Adds one element in every lane, times b, to the neighbours from another on: <c>target[offset…] += a[i]·b</c>. Nothing is checked.</summary>
    static abstract void AddProduct(ref float target, int offset, ref float a, int i, TSelf b);

    /// <summary>The same of four neighbouring elements, each to a row of its own: <c>target[offset + r·stride…] += a[i + r]·b</c>.</summary>
    static abstract void AddFourProducts(ref float target, int offset, int stride, ref float a, int i, TSelf b);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The sums of all lanes of four registers, one in each lane.</summary>
    static abstract Floats128 SumsOfFour(TSelf a, TSelf b, TSelf c, TSelf d);

    /// <summary>The sums over a's lanes of its products with four rows, the first from an element on, the others each so many elements behind the one before. Nothing is checked.</summary>
    static abstract Floats128 SumsOfFour(TSelf a, ref float b, int j, int stride);

    /// <summary>The same with eight rows.</summary>
    static abstract Floats256 SumsOfEight(TSelf a, ref float b, int j, int stride);

    /// <summary>The sums of all lanes of eight registers, in this order.</summary>
    static abstract Floats256 SumsOfEight(TSelf a, TSelf b, TSelf c, TSelf d, TSelf e, TSelf f, TSelf g, TSelf h);
}
#endif
