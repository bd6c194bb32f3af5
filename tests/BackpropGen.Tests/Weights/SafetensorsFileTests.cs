using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>What a safetensors file may be, and what it may not.</summary>
public sealed class SafetensorsFileTests
{
    private const string A = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    [Theory]
    [InlineData("", "The header does not begin with '{'")]
    [InlineData(" {}", "The header does not begin with '{'")]
    [InlineData("[]", "The header does not begin with '{'")]
    [InlineData("{", "The header is damaged at byte 9: found the header's end, expected a tensor's name, a string")]
    [InlineData("{}x", "The header is damaged at byte 10: found 'x', expected the header's end")]
    [InlineData("{}\u0001", "found 0x01, expected the header's end")]
    [InlineData("""{"a"}""", "found '}', expected ':' after a name")]
    [InlineData("""{"a":1}""", "in the tensor 'a': found '1', expected '{' after a name")]
    [InlineData("""{"a":null}""", "found 'n', expected '{'")]
    [InlineData("""{"a":[[[[[[[[[[]]]]]]]]]]}""", "found '[', expected '{'")]
    [InlineData("""{"a":{}}""", "found '}', expected a field, a string")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "there is no 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "there is no 'shape'")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "there is no 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'dtype' is there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "found the field 'more', expected 'dtype', 'shape' or 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", "the tensor 'a' is of type 'F33'; expected BOOL, U8")]
    [InlineData("""{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", "of type 'f32'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "found '-', expected an extent, a whole number that is not negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "found '.', expected an extent, a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}""", "found 'e', expected an extent, a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}""", "an extent begins with a zero")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,],"data_offsets":[0,8]}}""", "found ']', expected an extent")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "found '2', expected '['")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "found '[', expected an extent")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "found '\"', expected an extent")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", "an extent is beyond 2^63")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "the shape [4294967296, 4294967296]: more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}}""", "more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "the data_offsets [8, 0]; expected two numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "the data_offsets [0]; expected two numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", "the data_offsets [0, 4, 8]; expected two numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "the tensor 'a' has 8 bytes, from 0 to 8, but F32 [3] takes 12")]
    [InlineData("""{"a":{"dtype":"F64","shape":[],"data_offsets":[0,4]}}""", "but F64 [] takes 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "there is a hole in the data: the data begin at 0, and 'a' begins at 4")]
    [InlineData("""{"a":<A>,"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", "there is a hole in the data: 'a' ends at 8, and 'b' begins at 12")]
    [InlineData("""{"a":<A>,"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "two tensors overlap: 'a' ends at 8, and 'b' begins at 4")]
    [InlineData("""{"a":<A>,"b":<A>}""", "two tensors overlap")]
    [InlineData("""{"a":<A>,"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", "the tensor 'a' is there twice")]
    [InlineData("""{"a":<A>,"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", "the tensor 'a' is there twice")]
    [InlineData("""{"a":<A>,}""", "expected a tensor's name, a string")]
    [InlineData("""{"a":<A> "b":<A>}""", "found '\"', expected '}' or ',' after a tensor")]
    [InlineData("""{"a":<A>}""", "The file is cut off: its tensors have 8 bytes, and 0 follow the header")]
    [InlineData("""{"__metadata__":{"a":1}}""", "found '1', expected a value of the metadata, a string")]
    [InlineData("""{"__metadata__":{"a":{"b":"c"}}}""", "found '{', expected a value of the metadata")]
    [InlineData("""{"__metadata__":[]}""", "found '[', expected '{' after '__metadata__'")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' is there twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "the metadata's key 'a' is there twice")]
    [InlineData("""{"__metadata__":{"a":"1",}}""", "expected a key of the metadata")]
    [InlineData("""{"__metadata__":{"a":"\x"}}""", "an escape that JSON does not know")]
    [InlineData("""{"__metadata__":{"a":"\u12G4"}}""", "an escape without four hexadecimal digits")]
    [InlineData("""{"__metadata__":{"a":"\u12"}}""", "an escape without four hexadecimal digits")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", "half of a character")]
    [InlineData("""{"__metadata__":{"a":"\udc00"}}""", "half of a character")]
    [InlineData("""{"__metadata__":{"a":"\ud800\u0041"}}""", "half of a character")]
    [InlineData("""{"__metadata__":{"a":"b""", "a value of the metadata is a string without an end")]
    [InlineData("""{"__metadata__":{"a":"b\""", "a string without an end")]
    [InlineData("{\"__metadata__\":{\"a\":\"line\nbreak\"}}", "found 0x0a, expected no control character in a value of the metadata")]
    [InlineData("""{"__metadata__":{"backpropgen.fingerprint":"1"}}""", "has the key 'backpropgen.fingerprint' but does not begin with 'backpropgen.check'")]
    public void A_header_with_a_fault_is_refused_with_what_is_wrong(string header, string message) =>
        Assert.Contains(message, StoredFiles.Fault(StoredFiles.Foreign(header.Replace("<A>", A, StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_wherever_they_stand()
    {
        foreach (byte[] bad in new byte[][] { [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x88], [0xF5, 0x80, 0x80, 0x80] })
        {
            byte[] inString = [.. "{\"__metadata__\":{\"a\":\""u8, .. bad, .. "\"}}"u8];
            Assert.Contains("a value of the metadata is not UTF-8", StoredFiles.Fault(StoredFiles.Foreign(inString, [])), StringComparison.Ordinal);
            byte[] inName = [.. "{\""u8, .. bad, .. "\":{}}"u8];
            Assert.Contains("a tensor's name is not UTF-8", StoredFiles.Fault(StoredFiles.Foreign(inName, [])), StringComparison.Ordinal);
            byte[] between = [.. "{"u8, .. bad, .. "}"u8];
            Assert.Contains("expected a tensor's name", StoredFiles.Fault(StoredFiles.Foreign(between, [])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nesting_is_refused_at_its_first_level_however_deep()
    {
        string deep = "{\"a\":" + new string('{', 1_000_000);
        Assert.Contains("expected a field, a string", StoredFiles.Fault(StoredFiles.Foreign(deep)), StringComparison.Ordinal);
        deep = "{\"a\":{\"shape\":" + new string('[', 1_000_000);
        Assert.Contains("expected an extent", StoredFiles.Fault(StoredFiles.Foreign(deep)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_and_a_few_bytes_say_so()
    {
        Assert.Equal("The file is empty: expected a safetensors file.", StoredFiles.Fault([]));
        Assert.Contains("The file has 3 bytes, and a safetensors file begins with 8", StoredFiles.Fault([1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("its header has 5 bytes, and 2 follow", StoredFiles.Fault([5, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_do_not_repeat_what_a_file_says_at_any_length()
    {
        string message = StoredFiles.Fault(StoredFiles.Foreign("{\"" + new string('x', 100_000) + "\\u001b[31m\":1}"));
        Assert.InRange(message.Length, 20, 400);
        Assert.Contains("\\u001b", StoredFiles.Fault(StoredFiles.Foreign("{\"\\u001b[31m\":1}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_format_allows_is_read()
    {
        const string header =
            """
            {  "b\/\"ü\ud83d\ude00" : { "data_offsets" : [ 8 , 12 ] , "shape" : [ ] , "dtype" : "I32" } ,
               "none":{"dtype":"F64","shape":[3,0,9223372036854775807],"data_offsets":[8,8]},
               "a":{"shape":[1,2],"dtype":"F32","data_offsets":[0,8]},"__metadata__":{"format":"pt","\b\f\n\r\t\\":"\u00e9"}}
            """ + "   ";
        byte[] data = [0, 0, 128, 63, 0, 0, 0, 192, 7, 0, 0, 128];
        var file = SafetensorsFile.Read(StoredFiles.Foreign(Encoding.UTF8.GetBytes(header), data));
        Assert.False(file.IsFromBackpropGen);
        Assert.Equal(["a F32 [1, 2]", "none F64 [3, 0, 9223372036854775807]", "b/\"ü\\ud83d\\ude00 I32 []"], file.Tensors.Select(t => t.ToString()));
        Assert.Equal(["\b\f\n\r\t\\: é", "format: pt"], file.Metadata.Select(p => $"{p.Key}: {p.Value}").Order(StringComparer.Ordinal));
        var floats = new float[2];
        file.ReadFloats("a", floats);
        Assert.Equal([1, -2], floats);
        var number = new int[1];
        file.ReadInt32("b/\"ü😀", number);
        Assert.Equal([7 - int.MaxValue - 1], number);
        file.ReadDoubles("none", []);
        Assert.Empty(SafetensorsFile.Read(StoredFiles.Foreign("{}")).Tensors);
    }

    [Fact]
    public void Reading_says_what_is_not_as_asked()
    {
        var file = SafetensorsFile.Read(StoredFiles.Foreign("""{"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}""", 8));
        Assert.Contains("no tensor 'b'; it has 'a I32 [2]'", Assert.Throws<WeightsFormatException>(() => file.ReadFloats("b", [])).Message, StringComparison.Ordinal);
        Assert.Contains("'a I32 [2]' is not of floats", Assert.Throws<WeightsFormatException>(() => file.ReadFloats("a", new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("'a I32 [2]' is not of I64", Assert.Throws<WeightsFormatException>(() => file.ReadInt64("a", new long[2])).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 values, and 3 are to be read", Assert.Throws<WeightsFormatException>(() => file.ReadInt32("a", new int[3])).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => file.Read("a", new char[2].AsSpan()));
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => file.ReadInt32(null!, [])).ParamName);
    }

    [Fact]
    public void Every_half_and_every_bfloat_becomes_its_float()
    {
        var all = new ushort[65536];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (ushort)i;
        }

        byte[] data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(all.AsSpan()).ToArray();
        var floats = new float[all.Length];
        foreach (string type in new[] { "F16", "BF16" })
        {
            SafetensorsFile.Read(StoredFiles.Foreign(Encoding.UTF8.GetBytes($$$"""{"a":{"dtype":"{{{type}}}","shape":[65536],"data_offsets":[0,131072]}}"""), data)).ReadFloats("a", floats);
            for (int i = 0; i < all.Length; i++)
            {
                float expected = type == "F16" ? (float)BitConverter.UInt16BitsToHalf(all[i]) : BitConverter.UInt32BitsToSingle((uint)i << 16);
                Assert.True(expected.Equals(floats[i]) && float.IsNegative(expected) == float.IsNegative(floats[i]), $"{type} {i:x4}: expected {expected}, got {floats[i]}");
            }
        }
    }

    [Fact]
    public void Memory_is_not_copied_and_a_stream_stands_at_its_end()
    {
        byte[] file = StoredFiles.Of(new Contract.Wide());
        long memory = Contract.Numbers.Allocated(() => SafetensorsFile.Read(file));
        Assert.True(memory < 16 << 10, $"{memory} bytes");
        long stream = Contract.Numbers.Allocated(() => SafetensorsFile.Read(new MemoryStream(file)));
        Assert.True(stream < file.Length + (16 << 10), $"{stream} bytes");
        long trickle = Contract.Numbers.Allocated(() => SafetensorsFile.Read(new StoredFiles.Trickle(file)));
        Assert.True(trickle < file.Length + (16 << 10), $"{trickle} bytes");
        using var behind = new MemoryStream([9, 9, 9, .. file]) { Position = 3 };
        SafetensorsFile.Read(behind);
        Assert.Equal(behind.Length, behind.Position);
    }
}
