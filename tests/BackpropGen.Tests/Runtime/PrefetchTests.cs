using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>What is asked for ahead of time.</summary>
public class PrefetchTests
{
    [Fact]
    public void Asking_ahead_reads_nothing()
    {
        float[] values = [1, 2, 3];
        Prefetch.Line(ref values[0], 1 << 28);
        Prefetch.Line(ref values[0], -(1 << 28));
        Prefetch.Lines(ref values[0], 1 << 28, 256);
        Prefetch.Lines(ref values[0], 0, 0);
        Assert.Equal([1f, 2f, 3f], values);
    }
}
