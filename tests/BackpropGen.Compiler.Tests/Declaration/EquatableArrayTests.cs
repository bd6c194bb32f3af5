using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class EquatableArrayTests
{
    [Fact]
    public void Equal_elements_make_equal_arrays_with_equal_hashes()
    {
        EquatableArray<string> one = Of("a", "b");
        EquatableArray<string> other = Enumerable.Range(0, 2).Select(i => ((char)('a' + i)).ToString()).ToEquatableArray();
        Assert.Equal(one, other);
        Assert.True(one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Order_and_length_count()
    {
        EquatableArray<int> one = Of(1, 2);
        Assert.NotEqual(one, Of(2, 1));
        Assert.NotEqual(one, Of(1, 2, 3));
        Assert.NotEqual(one, Of(1));
        Assert.False(one.Equals("12"));
    }

    [Fact]
    public void The_default_is_the_empty_array()
    {
        EquatableArray<int> none = default;
        EquatableArray<int> empty = Enumerable.Empty<int>().ToEquatableArray();
        Assert.Equal(none, empty);
        Assert.Equal(none.GetHashCode(), empty.GetHashCode());
        Assert.Empty(none);
    }

    [Fact]
    public void Declarations_that_are_written_the_same_are_the_same()
    {
        LayerDeclaration one = Sampling.Declare("Affine", ("inputs", 3), ("Bias", false), ("Name", null));
        Assert.Equal(one, Sampling.Declare("Affine", ("inputs", 3), ("Bias", false), ("Name", null)));
        Assert.NotEqual(one, Sampling.Declare("Affine", ("inputs", 3), ("Bias", true), ("Name", null)));
        Assert.NotEqual(one, Sampling.Declare("Affine", ("inputs", 3f), ("Bias", false), ("Name", null)));
        Assert.NotEqual(one, one with { IsUnderstood = false });
    }

    [Fact]
    public void What_it_was_made_from_may_change()
    {
        int[] items = [1, 2];
        EquatableArray<int> array = items.ToEquatableArray();
        items[0] = 9;
        Assert.Equal(1, array[0]);
    }

    private static EquatableArray<T> Of<T>(params T[] items)
        where T : System.IEquatable<T> => items.ToEquatableArray();
}
