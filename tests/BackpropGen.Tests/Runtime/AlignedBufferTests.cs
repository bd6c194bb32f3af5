using System;
using System.Runtime.CompilerServices;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100_003)]
    public void A_buffer_is_zeroed_aligned_and_of_its_length(int length)
    {
        for (int i = 0; i < 20; i++)
        {
            AlignedBuffer buffer = new(length);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(0, Address(ref buffer.Reference) % 64);
            Assert.False(buffer.Span.ContainsAnyExcept(0f));

            // What may be read beyond the end is the buffer's own, and 0.
            for (int slack = 0; slack < AlignedBuffer.Slack; slack++)
            {
                Assert.Equal(0, Unsafe.Add(ref buffer.Reference, length + slack));
            }
        }
    }

    [Fact]
    public void Span_and_reference_are_the_same_memory()
    {
        AlignedBuffer buffer = new(3);
        buffer.Span[2] = 5;
        Assert.Equal(5, Unsafe.Add(ref buffer.Reference, 2));
    }

    [Fact]
    public void The_collector_does_not_move_it()
    {
        AlignedBuffer buffer = new(1000);
        nint before = Address(ref buffer.Reference);
        for (int i = 0; i < 3; i++)
        {
            _ = new byte[1_000_000];
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        Assert.Equal(before, Address(ref buffer.Reference));
    }

    [Fact]
    public void A_span_keeps_the_memory_alive()
    {
        Span<float> span = Orphan(out WeakReference owner);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(owner.IsAlive);
        _ = new AlignedBuffer(span.Length);
        Assert.False(span.ContainsAnyExcept(3f));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(0x7FEFFFFF)]
    public void An_impossible_length_is_refused(int length) =>
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer(length)).ParamName);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> Orphan(out WeakReference owner)
    {
        AlignedBuffer buffer = new(1000);
        buffer.Span.Fill(3);
        owner = new WeakReference(buffer);
        return buffer.Span;
    }

    // The difference to null: an address without unsafe code.
    private static nint Address(ref float reference) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref reference);
}
