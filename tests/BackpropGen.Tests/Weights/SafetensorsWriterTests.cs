using System;
using System.IO;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>Files of any tensors, written and read again.</summary>
public sealed class SafetensorsWriterTests
{
    [Fact]
    public void Every_type_comes_back_and_lies_on_a_boundary_of_its_size()
    {
        var writer = new SafetensorsWriter();
        writer.Add("bytes", new byte[] { 1, 255, 3 });
        writer.Add("floats", new[] { -0f, float.Epsilon, float.NaN });
        writer.Add("shorts", new short[] { short.MinValue });
        writer.Add("ushorts", new ushort[] { ushort.MaxValue });
        long[] longs = [long.MinValue, long.MaxValue];
        writer.Add("longs", longs);
        writer.Add("signed", new sbyte[] { -1 });
        writer.Add("ints", new[,] { { 1, 2 }, { 3, int.MinValue } }.Cast<int>().ToArray(), 2, 2);
        writer.Add("doubles", new[] { double.Epsilon, double.MaxValue });
        bool[] flags = [true, false];
        writer.Add("flags", flags);
        writer.Add("unsigned", new[] { uint.MaxValue });
        writer.Add("wide", new[] { ulong.MaxValue });
        writer.Add<float>("empty", ReadOnlyMemory<float>.Empty);
        writer.Add<float>("scalar", () => [7]);
        SafetensorsFile file = Written(writer);
        Assert.All(file.Tensors, t => Assert.Equal(0, t.Begin % Math.Max(1, (t.End - t.Begin) / Math.Max(1, t.Length))));
        Assert.Equal(13, file.Tensors.Count);
        AssertRead<byte>("bytes", 1, 255, 3);
        AssertRead<short>("shorts", short.MinValue);
        AssertRead<ushort>("ushorts", ushort.MaxValue);
        AssertRead("longs", long.MinValue, long.MaxValue);
        AssertRead<sbyte>("signed", -1);
        AssertRead("ints", 1, 2, 3, int.MinValue);
        AssertRead("doubles", double.Epsilon, double.MaxValue);
        AssertRead("flags", true, false);
        AssertRead("unsigned", uint.MaxValue);
        AssertRead("wide", ulong.MaxValue);
        AssertRead<float>("empty");
        AssertRead<float>("scalar", 7);
        var floats = new float[3];
        file.ReadFloats("floats", floats);
        Assert.Equal(Contract.Numbers.Bits([-0f, float.Epsilon, float.NaN]), Contract.Numbers.Bits(floats));
        Assert.True(file.TryFind("ints", out SafetensorsTensor? ints));
        Assert.Equal([2, 2], ints.Shape);
        Assert.True(file.TryFind("scalar", out SafetensorsTensor? scalar));
        Assert.Empty(scalar.Shape);
        Assert.False(file.TryFind("nothing", out _));

        void AssertRead<T>(string name, params T[] expected)
            where T : unmanaged
        {
            var values = new T[expected.Length];
            file.Read(name, values.AsSpan());
            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void Tensors_larger_than_a_buffer_come_back()
    {
        float[] values = Contract.Numbers.Values(100_003);
        var writer = new SafetensorsWriter();
        writer.Add("values", values);
        var read = new float[values.Length];
        Written(writer).ReadFloats("values", read);
        Assert.Equal(values, read);
    }

    [Fact]
    public void Values_are_read_when_the_file_is_written()
    {
        var values = new float[3];
        var writer = new SafetensorsWriter();
        writer.Add("values", values);
        values[1] = 5;
        var read = new float[3];
        Written(writer).ReadFloats("values", read);
        Assert.Equal([0, 5, 0], read);
    }

    [Fact]
    public void Values_that_change_meanwhile_are_an_error()
    {
        var values = new float[3];
        var writer = new SafetensorsWriter();
        writer.Add<float>("values", () =>
        {
            values[0]++;
            return values;
        }, 3);
        Assert.Contains("Values changed while they were written", Assert.Throws<InvalidOperationException>(() => writer.Write(new MemoryStream())).Message, StringComparison.Ordinal);
        using var folder = new StoredFiles.Folder();
        File.WriteAllText(folder.File("old"), "old");
        Assert.Throws<InvalidOperationException>(() => writer.Write(folder.File("old")));
        Assert.Equal("old", File.ReadAllText(folder.File("old")));
        Assert.Equal(["old"], folder.Names);

        int length = 3;
        writer = new SafetensorsWriter();
        writer.Add<float>("values", () => new float[length], 3);
        length = 2;
        Assert.Contains("has 2 values now, and had 3", Assert.Throws<InvalidOperationException>(() => writer.Write(new MemoryStream())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_not_be_written_is_refused_when_it_is_added()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", new float[2]);
        writer.AddMetadata("key", "value");
        Assert.Contains("a tensor 'a' already", Assert.Throws<ArgumentException>(() => writer.Add("a", new int[1])).Message, StringComparison.Ordinal);
        Assert.Contains("can't be called '__metadata__'", Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", new int[1])).Message, StringComparison.Ordinal);
        Assert.Contains("can't be called ''", Assert.Throws<ArgumentException>(() => writer.Add(string.Empty, new int[1])).Message, StringComparison.Ordinal);
        Assert.Contains("half of a surrogate pair at index 1", Assert.Throws<ArgumentException>(() => writer.Add("x\ud800", new int[1])).Message, StringComparison.Ordinal);
        Assert.Contains("has 6 values, and the shape [2, 2] is another number", Assert.Throws<ArgumentException>(() => writer.Add("b", new int[6], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => writer.Add("b", new int[6], -2, -3)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => writer.Add("b", Array.Empty<int>(), 65536, 65536, 65536, 65536)).ParamName);
        Assert.Throws<NotSupportedException>(() => writer.Add("b", new char[1]));
        Assert.Contains("the key 'key' already", Assert.Throws<ArgumentException>(() => writer.AddMetadata("key", "value")).Message, StringComparison.Ordinal);
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => writer.AddMetadata("other", null!)).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => writer.AddMetadata(null!, "value")).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => writer.Add(null!, new int[1])).ParamName);
        Assert.Equal("values", Assert.Throws<ArgumentNullException>(() => writer.Add("b", (int[])null!)).ParamName);
        Assert.Equal("source", Assert.Throws<ArgumentNullException>(() => writer.Add("b", (TensorSource<int>)null!)).ParamName);
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => writer.Write((Stream)null!)).ParamName);
        Assert.Equal(["a"], Written(writer).Tensors.Select(t => t.Name));
    }

    [Fact]
    public void Writing_takes_no_memory_for_the_values()
    {
        var net = new Contract.Wide();
        using var stream = new MemoryStream(1 << 20);
        long allocated = Contract.Numbers.Allocated(() =>
        {
            stream.Position = 0;
            Weights.Save(net, stream);
        });
        Assert.True(allocated < 16 << 10, $"{allocated} bytes");
    }

    private static SafetensorsFile Written(SafetensorsWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Write(stream);
        return SafetensorsFile.Read(stream.ToArray());
    }
}
