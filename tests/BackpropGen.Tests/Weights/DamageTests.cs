using System;
using System.Collections.Generic;
using System.IO;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>Every truncation and every flipped bit of a file is an error that says what is wrong; the network stays as it was, and memory is spent on nothing.</summary>
public sealed class DamageTests
{
    // An exception, its message and its stack's trace; what describes the file's four tensors.
    private const int Constant = 32 << 10;

    private static readonly byte[] Whole = Saved();

    [Fact]
    public void Every_truncation_is_an_error()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            AssertDamaged(Whole.AsSpan(0, length).ToArray(), $"the first {length} bytes");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_the_header_is_an_error()
    {
        int end = StoredFiles.HeaderEnd(Whole);
        for (int bit = 0; bit < 8 * end; bit++)
        {
            AssertDamaged(Flipped(bit), $"bit {bit % 8} of byte {bit / 8} flipped");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_the_values_is_an_error()
    {
        for (int bit = 8 * StoredFiles.HeaderEnd(Whole); bit < 8 * Whole.Length; bit++)
        {
            Assert.StartsWith("The values are damaged", AssertDamaged(Flipped(bit), $"bit {bit % 8} of byte {bit / 8} flipped"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_other_value_of_every_byte_of_the_header_is_an_error()
    {
        int end = StoredFiles.HeaderEnd(Whole);
        for (int at = 0; at < end; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                byte[] damaged = (byte[])Whole.Clone();
                damaged[at] ^= (byte)change;
                Assert.ThrowsAny<WeightsFormatException>(() => SafetensorsFile.Read(damaged));
            }
        }
    }

    [Fact]
    public void Bytes_that_follow_are_an_error()
    {
        foreach (int more in new[] { 1, 8, 4096 })
        {
            byte[] longer = [.. Whole, .. new byte[more]];
            Assert.Contains($"and {more} follow that belong to no tensor", AssertDamaged(longer, $"{more} more bytes"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_path_stands_before_what_is_wrong()
    {
        using var folder = new StoredFiles.Folder();
        string path = folder.File("tiny.safetensors");
        File.WriteAllBytes(path, Whole.AsSpan(0, 100).ToArray());
        Assert.StartsWith(path + ": The file is cut off: its header has ", Assert.Throws<WeightsFormatException>(() => Weights.Load(new TinyNet(), path)).Message, StringComparison.Ordinal);
        Weights.Save(new VectorNet(), path);
        Assert.StartsWith(path + ": The file does not fit this network: ", Assert.Throws<WeightsFormatException>(() => Weights.Load(new TinyNet(), path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Weights.Load(new TinyNet(), folder.File("nowhere")));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 60)]
    [InlineData(1UL << 32)]
    [InlineData(100_000_001UL)]
    [InlineData(100_000_000UL)]
    public void A_header_that_claims_any_length_takes_no_memory(ulong length)
    {
        byte[] file = (byte[])Whole.Clone();
        BitConverter.TryWriteBytes(file, length);
        AssertDamaged(file, $"a header of {length} bytes");
    }

    [Theory]
    [InlineData("[1152921504606846976]", "4611686018427387904")]
    [InlineData("[500000000]", "2000000000")]
    public void Tensors_that_claim_any_size_take_no_memory(string shape, string end) =>
        Assert.Contains(
            "The file is cut off",
            AssertDamaged(StoredFiles.Foreign($$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,{{{end}}}]}}""", 100), shape),
            StringComparison.Ordinal);

    private static byte[] Saved()
    {
        using var stream = new MemoryStream();
        Weights.Save(new TinyNet(), stream, new Dictionary<string, string> { ["trained"] = "on \"four\" samples", ["loss"] = "0.25" });
        return stream.ToArray();
    }

    private static byte[] Flipped(int bit)
    {
        byte[] damaged = (byte[])Whole.Clone();
        damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        return damaged;
    }

    // From memory, from a stream that knows its length and from one that does not: the same error, and no more memory than the file has.
    private static string AssertDamaged(byte[] file, string how)
    {
        var net = new TinyNet();
        net.Initialize(3);
        int[] before = Numbers.Bits(net.Parameters);
        string fromMemory = Fault(() => Weights.Load(net, file));
        Assert.Equal(fromMemory, Fault(() => Weights.Load(net, new MemoryStream(file))));
        string fromTrickle = Fault(() => Weights.Load(net, new StoredFiles.Trickle(file)));

        // It can't know how many bytes are missing, or follow, before it has seen them.
        Assert.Equal(fromMemory.Split(':')[0], fromTrickle.Split(':')[0]);
        Assert.Equal(before, Numbers.Bits(net.Parameters));
        Assert.True(fromMemory.Length > 20, $"{how}: {fromMemory}");
        return fromMemory;

        string Fault(Action load)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            WeightsFormatException? error = null;
            try
            {
                load();
            }
            catch (WeightsFormatException e)
            {
                error = e;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(error is not null, $"{how}: no error");
            Assert.True(allocated <= file.Length + Constant, $"{how}: {allocated} bytes were allocated for a file of {file.Length}");
            return error.Message;
        }
    }
}
