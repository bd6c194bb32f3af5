using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class ScalarsTests
{
    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(float.NaN, 1, float.NaN)]
    [InlineData(1, float.NaN, float.NaN)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, -1, -1)]
    public void The_larger_of_two_is_NaN_if_either_is(float a, float b, float expected) => Assert.Equal(expected, Scalars.Max(a, b));
}
