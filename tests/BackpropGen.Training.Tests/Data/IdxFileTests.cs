using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Idx(uint magic, uint[] extents, byte[] elements)
    {
        var bytes = new byte[4 + 4 * extents.Length + elements.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, magic);
        for (int i = 0; i < extents.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), extents[i]);
        }

        elements.CopyTo(bytes, 4 + 4 * extents.Length);
        return bytes;
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private static IdxFile Read(byte[] bytes, int dimensions = 0) => IdxFile.Read(new MemoryStream(bytes), "f.idx", dimensions);

    private static string Error(byte[] bytes, int dimensions = 0) => Assert.Throws<DataFileException>(() => Read(bytes, dimensions)).Message;

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    [Theory]
    [InlineData(new uint[] { 24 })]
    [InlineData(new uint[] { 4, 6 })]
    [InlineData(new uint[] { 2, 3, 4 })]
    [InlineData(new uint[] { 2, 3, 2, 2 })]
    [InlineData(new uint[] { 2, 0, 4 })]
    public void An_array_is_read_plain_or_zipped(uint[] extents)
    {
        byte[] elements = Noise((int)extents.Aggregate((a, b) => a * b));
        byte[] file = Idx(0x800 | (uint)extents.Length, extents, elements);

        foreach (IdxFile read in new[] { Read(file), Read(Zipped(file)), Read(file, extents.Length) })
        {
            Assert.Equal(extents.Select(n => (int)n), read.Dimensions);
            Assert.Equal(elements, read.Elements.ToArray());
        }
    }

    [Fact]
    public void A_large_array_is_read_zipped()
    {
        byte[] elements = Noise(300_000);

        Assert.Equal(elements, Read(Zipped(Idx(0x803, [300, 10, 100], elements))).Elements.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_truncated_file_and_no_file_with_something_behind_is_read(bool zipped)
    {
        byte[] plain = Idx(0x803, [3, 4, 5], Noise(60));
        byte[] whole = zipped ? Zipped(plain) : plain;
        Assert.Equal(60, Read(whole).Elements.Length);

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.StartsWith("f.idx: ", Error(whole[..length]), StringComparison.Ordinal);
        }

        Assert.StartsWith("f.idx: ", Error([.. whole, 0]), StringComparison.Ordinal);
        Assert.StartsWith("f.idx: ", Error([.. whole, .. whole]), StringComparison.Ordinal);
        Assert.Contains("61 bytes of data; expected 60: 3 × 4 × 5", Error(zipped ? Zipped([.. plain, 7]) : [.. plain, 7]), StringComparison.Ordinal);
        Assert.Contains("59 bytes of data; expected 60: 3 × 4 × 5", Error(zipped ? Zipped(plain[..^1]) : plain[..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_flipped_bit_of_gzip_data_gets_through()
    {
        byte[] plain = Idx(0x803, [3, 4, 5], Noise(60));
        byte[] zipped = Zipped(plain);
        for (int i = 0; i < 8 * zipped.Length; i++)
        {
            byte[] flipped = [.. zipped];
            flipped[i / 8] ^= (byte)(1 << i % 8);
            try
            {
                // The time in the header and bits that fill a byte change nothing; what else is flipped is found.
                Assert.Equal(plain[16..], Read(flipped).Elements.ToArray());
            }
            catch (DataFileException exception)
            {
                Assert.StartsWith("f.idx: ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(0x00000D03u, "magic number 0x00000D03; expected 0x00000801 to 0x00000804 (unsigned bytes, 1- to 4-dimensional)")]
    [InlineData(0x00000805u, "magic number 0x00000805")]
    [InlineData(0x00000800u, "magic number 0x00000800")]
    [InlineData(0x01000803u, "magic number 0x01000803")]
    public void Another_format_is_said(uint magic, string expected)
    {
        Assert.Contains(expected, Error(Idx(magic, [1, 1, 1], [1])), StringComparison.Ordinal);
        Assert.Contains("magic number 0x00000801; expected 0x00000803 (unsigned bytes, 3-dimensional)", Error(Idx(0x801, [1], [1]), dimensions: 3), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Read([], dimensions: 5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_claim_takes_no_memory(bool zipped)
    {
        byte[] lie = Idx(0x801, [0x80000000], Noise(1000));
        byte[] larger = Idx(0x804, [uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue], []);
        byte[] small = Idx(0x801, [50_000_000], new byte[60_000]);
        (lie, larger, small) = zipped ? (Zipped(lie), Zipped(larger), Zipped([.. small, .. Noise(60_000)])) : (lie, larger, small);
        Error(lie);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("2147483648", Error(lie), StringComparison.Ordinal);
        Assert.Contains("4294967295 × 4294967295", Error(larger), StringComparison.Ordinal);
        Assert.Contains("50000000", Error(small), StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Inputs_and_labels_become_examples(string suffix)
    {
        byte[] images = Idx(0x803, [2, 2, 2], [0, 51, 255, 0, 1, 2, 3, 4]);
        byte[] labels = Idx(0x801, [2], [1, 0]);
        (images, labels) = suffix == "" ? (images, labels) : (Zipped(images), Zipped(labels));

        LabelExamples examples = IdxFile.ReadLabelled(Write("i" + suffix, images), Write("l" + suffix, labels), 1f / 255, ["no", "yes"]);

        Assert.Equal(2, examples.Count);
        Assert.Equal([0f, 51 * (1f / 255), 255 * (1f / 255), 0], examples.Input(0).ToArray());
        Assert.Equal(1, examples.Target(0)[0]);
        Assert.Equal(["no", "yes"], examples.ClassNames);
    }

    [Fact]
    public void Inputs_and_labels_that_do_not_go_together_are_refused()
    {
        string images = Write("images", Idx(0x802, [2, 2], [1, 2, 3, 4]));
        string none = Write("none", Idx(0x802, [0, 2], []));

        Assert.Contains("3 labels; expected 2, one for each input of images", Refused(images, Write("three", Idx(0x801, [3], [0, 0, 0]))), StringComparison.Ordinal);
        Assert.Contains("label 2 is 2; expected a class, 0 to 1", Refused(images, Write("class", Idx(0x801, [2], [0, 2]))), StringComparison.Ordinal);
        Assert.Contains("no values: 0 × 2; expected at least one example", Refused(none, Write("zero", Idx(0x801, [0], []))), StringComparison.Ordinal);
        Assert.Contains("inputs of 2; expected inputs of 3", Assert.Throws<DataFileException>(() => IdxFile.ReadLabelled(images, Write("two", Idx(0x801, [2], [0, 1])), inputShape: [3])).Message, StringComparison.Ordinal);
        Assert.Contains("0x00000802; expected 0x00000803", Assert.Throws<DataFileException>(() => IdxFile.ReadLabelled(images, images, inputShape: [2, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("magic number 0x00000802; expected 0x00000801", Refused(images, images), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => IdxFile.ReadLabelled(images, Path.Combine(_folder, "nowhere")));

        static string Refused(string images, string labels) => Assert.Throws<DataFileException>(() => IdxFile.ReadLabelled(images, labels, classNames: ["no", "yes"])).Message;
    }
}
