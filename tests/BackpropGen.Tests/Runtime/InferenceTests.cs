using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>The memory that inference is lent: aligned, large enough for what is worked on at once, and its caller's own.</summary>
public class InferenceTests
{
    private const int FloatsPerSample = 96;

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(1_000)]
    public void Scratch_holds_a_piece_of_every_batch(int samples)
    {
        var memory = new NetworkMemory(1, 0, 0, 0, 0f);
        var input = new float[samples];
        var output = new float[samples];

        double total = Inference.Run<FillingPieces, float>(samples, multiplyAdds: 1, piece: 48, granule: 16, FloatsPerSample, input, output, memory);

        Assert.Equal(samples, total);
        Assert.All(output, value => Assert.Equal(FloatsPerSample, value));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 5)]
    [InlineData(23, 5)]
    public void A_piece_that_is_no_multiple_of_16_samples_fits(int samples, int piece)
    {
        var memory = new NetworkMemory(1, 0, 0, 0, 0f);
        var input = new float[samples];
        var output = new float[samples];

        Assert.Equal(samples, Inference.Run<FillingPieces, float>(samples, 1, piece, granule: 5, FloatsPerSample, input, output, memory));
    }

    [Fact]
    public void What_the_stack_is_not_to_hold_comes_from_the_object()
    {
        const int Piece = 128, Samples = 300;
        var memory = new NetworkMemory(1, 0, 0, Piece * FloatsPerSample, 0f);
        var input = new float[Samples];
        var output = new float[Samples];
        using (ScratchLease lease = memory.Scratch.Rent())
        {
            lease.Span.Fill(-1);
        }

        Assert.Equal(Samples, Inference.Run<FillingPieces, float>(Samples, 1, Piece, 16, FloatsPerSample, input, output, memory));
        using (ScratchLease lease = memory.Scratch.Rent())
        {
            Assert.Equal(1, lease.Span[^1]);
        }

        // A few rows of it are few floats.
        Assert.Equal(3, Inference.Run<FillingPieces, float>(3, 1, Piece, 16, FloatsPerSample, input, output, memory));
        Assert.Equal(1, memory.Scratch.Count);
    }

    [Fact]
    public void A_network_that_keeps_nothing_is_lent_nothing()
    {
        var memory = new NetworkMemory(1, 0, 0, 0, 0f);
        float input = 3, output = 0;

        Inference.Run<CopyingPieces, float>(1, 1, 16, 16, floatsPerSample: 0, new ReadOnlySpan<float>(ref input), new ReadOnlySpan<float>(ref output), memory);

        Assert.Equal(3, output);
    }

    [Fact]
    public void A_few_samples_are_lent_aligned_memory_at_every_depth_of_the_stack()
    {
        var memory = new NetworkMemory(1, 0, 0, 0, 0f);
        for (int depth = 0; depth < 9; depth++)
        {
            Assert.Equal(48, Deeper(depth, memory));
        }
    }

    // Of odd sizes, so that the memory lies elsewhere each time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Deeper(int depth, NetworkMemory memory)
    {
        Span<byte> space = stackalloc byte[depth + 9];
        float input = 0;
        int label = 0;
        double result = depth == 0 ? Inference.Run<Twice<Twice<Twice<Twice<Floats128>>>>, FillingSamples, int>(1, ref input, ref label, memory) : Deeper(depth - 1, memory);
        return result + (space[0] * 0);
    }

    private static bool IsAligned(ref float reference) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref reference) % 64 == 0;

    private readonly struct FillingPieces : IPieces<float>
    {
        public double Run(ref float input, ref float other, ref float scratch, NetworkMemory memory, in InferenceShare share)
        {
            Assert.True(IsAligned(ref scratch));
            double total = 0;
            MemoryMarshal.CreateSpan(ref scratch, share.Rows * FloatsPerSample).Fill(1);
            for (int n = share.First; n < share.Last; n++)
            {
                foreach (float value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref scratch, (n % share.Rows) * FloatsPerSample), FloatsPerSample))
                {
                    Unsafe.Add(ref other, n) += value;
                }

                share.Add(ref total, n, 1.0);
            }

            return total;
        }
    }

    private readonly struct CopyingPieces : IPieces<float>
    {
        public double Run(ref float input, ref float other, ref float scratch, NetworkMemory memory, in InferenceShare share)
        {
            other = input;
            return 0.0;
        }
    }

    private readonly struct FillingSamples : ISamples<int>
    {
        public double Run(int samples, ref float input, ref int other, ref float scratch, NetworkMemory memory)
        {
            Assert.True(IsAligned(ref scratch));
            MemoryMarshal.CreateSpan(ref scratch, 48).Fill(1);
            return 48;
        }
    }
}
