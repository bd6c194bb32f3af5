using System;
using System.Globalization;
using System.Text;

namespace BackpropGen;

/// <summary>
/// Reads the JSON of a safetensors header, from UTF-8: objects of strings, and lists of sizes. Strict (RFC 8259, no duplicates are
/// forgiven by who calls), and without recursion: there is nothing here that nests.
/// </summary>
internal ref struct JsonText(ReadOnlySpan<byte> text)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What there is of every tensor: not one string each.
    private static readonly string[] Words = ["dtype", "shape", "data_offsets", .. SafetensorsTypes.Names];

    private readonly ReadOnlySpan<byte> text = text;
    private int position;

    /// <summary>The tensor that is being read, for messages; null before the first.</summary>
    public string? Tensor { get; set; }

    /// <summary>Whether this byte comes next; takes it if so.</summary>
    public bool Take(byte expected)
    {
        SkipSpace();
        if (position == text.Length || text[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    /// <summary>This byte comes next.</summary>
    public void Expect(byte expected, string where)
    {
        if (!Take(expected))
        {
            throw Unexpected($"'{(char)expected}' {where}");
        }
    }

    /// <summary>Nothing but space comes.</summary>
    public void ExpectEnd()
    {
        SkipSpace();
        if (position < text.Length)
        {
            throw Unexpected("the header's end");
        }
    }

    /// <summary>A number of elements or bytes: digits alone, below 2⁶³.</summary>
    public long ReadSize(string what)
    {
        SkipSpace();
        int start = position;
        long size = 0;
        for (; position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9'; position++)
        {
            int digit = text[position] - '0';
            if (size > (long.MaxValue - digit) / 10)
            {
                throw Damaged(start, $"{what} is beyond 2^63");
            }

            size = (10 * size) + digit;
        }

        if (position == start)
        {
            throw Unexpected($"{what}, a whole number that is not negative");
        }

        if (text[start] == '0' && position > start + 1)
        {
            throw Damaged(start, $"{what} begins with a zero");
        }

        if (position < text.Length && text[position] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            throw Unexpected($"{what}, a whole number");
        }

        return size;
    }

    /// <summary>A list of sizes.</summary>
    public long[] ReadSizes(string what)
    {
        Expect((byte)'[', "at the beginning of a list");
        if (Take((byte)']'))
        {
            return [];
        }

        // More axes than anybody has; a list that is longer grows.
        Span<long> sizes = stackalloc long[8];
        int count = 0;
        do
        {
            if (count == sizes.Length)
            {
                var longer = new long[2 * count];
                sizes.CopyTo(longer);
                sizes = longer;
            }

            sizes[count++] = ReadSize(what);
        }
        while (Take((byte)','));
        Expect((byte)']', "or ',' in a list");
        return sizes.Slice(0, count).ToArray();
    }

    /// <summary>A string.</summary>
    public string ReadString(string what)
    {
        SkipSpace();
        if (position == text.Length || text[position] != '"')
        {
            throw Unexpected($"{what}, a string");
        }

        int start = ++position;
        bool escapes = false;
        for (; ; position++)
        {
            if (position == text.Length)
            {
                throw Damaged(start - 1, $"{what} is a string without an end");
            }

            byte b = text[position];
            if (b == '"')
            {
                break;
            }

            if (b < ' ')
            {
                throw Unexpected($"no control character in {what}");
            }

            if (b == '\\')
            {
                // What is escaped may be a quotation mark.
                escapes = true;
                position += position + 1 < text.Length ? 1 : 0;
            }
        }

        ReadOnlySpan<byte> raw = text.Slice(start, position - start);
        position++;
        return escapes ? Unescape(raw, start, what) : Decode(raw, start, what);
    }

    /// <summary>The header is damaged where the reader is.</summary>
    public readonly WeightsFormatException Damaged(string what) => Damaged(position, what);

    // The header begins behind the eight bytes of its length.
    private readonly WeightsFormatException Damaged(int at, string what, Exception? cause = null)
    {
        string where = Tensor is null ? string.Empty : $", in the tensor '{Quoted.Name(Tensor)}'";
        string message = string.Format(CultureInfo.InvariantCulture, "The header is damaged at byte {0}{1}: {2}.", at + 8, where, what);
        return cause is null ? new WeightsFormatException(message) : new WeightsFormatException(message, cause);
    }

    private readonly unsafe string Decode(ReadOnlySpan<byte> raw, int start, string what)
    {
        if (raw.IsEmpty)
        {
            return string.Empty;
        }

        foreach (string word in Words)
        {
            if (IsWord(raw, word))
            {
                return word;
            }
        }

        try
        {
            fixed (byte* bytes = raw)
            {
                return Strict.GetString(bytes, raw.Length);
            }
        }
        catch (DecoderFallbackException e)
        {
            throw Damaged(start, $"{what} is not UTF-8", e);
        }
    }

    private readonly string Unescape(ReadOnlySpan<byte> raw, int start, string what)
    {
        var builder = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOf((byte)'\\');
            plain = plain < 0 ? raw.Length : plain;
            builder.Append(Decode(raw.Slice(0, plain), start, what));
            raw = raw.Slice(plain);
            start += plain;
            if (raw.IsEmpty)
            {
                break;
            }

            int taken = 2;
            switch (raw.Length > 1 ? raw[1] : (byte)0)
            {
                case (byte)'"': builder.Append('"'); break;
                case (byte)'\\': builder.Append('\\'); break;
                case (byte)'/': builder.Append('/'); break;
                case (byte)'b': builder.Append('\b'); break;
                case (byte)'f': builder.Append('\f'); break;
                case (byte)'n': builder.Append('\n'); break;
                case (byte)'r': builder.Append('\r'); break;
                case (byte)'t': builder.Append('\t'); break;
                case (byte)'u':
                    char first = CodeUnit(raw, 0, start, what);
                    builder.Append(first);
                    taken = 6;
                    if (char.IsLowSurrogate(first))
                    {
                        throw Damaged(start, $"{what} has half of a character");
                    }

                    if (char.IsHighSurrogate(first))
                    {
                        char second = raw.Length > 7 && raw[6] == '\\' && raw[7] == 'u' ? CodeUnit(raw, 6, start, what) : '\0';
                        if (!char.IsLowSurrogate(second))
                        {
                            throw Damaged(start, $"{what} has half of a character");
                        }

                        builder.Append(second);
                        taken = 12;
                    }

                    break;
                default:
                    throw Damaged(start, $"{what} has an escape that JSON does not know");
            }

            raw = raw.Slice(taken);
            start += taken;
        }

        return builder.ToString();
    }

    // \u and four hexadecimal digits.
    private readonly char CodeUnit(ReadOnlySpan<byte> raw, int at, int start, string what)
    {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++)
        {
            int digit = i < raw.Length ? Digit(raw[i]) : -1;
            if (digit < 0)
            {
                throw Damaged(start, $"{what} has an escape without four hexadecimal digits");
            }

            unit = (16 * unit) + digit;
        }

        return (char)unit;
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static bool IsWord(ReadOnlySpan<byte> raw, string word)
    {
        bool same = raw.Length == word.Length;
        for (int i = 0; same && i < raw.Length; i++)
        {
            same = raw[i] == word[i];
        }

        return same;
    }

    private readonly WeightsFormatException Unexpected(string expected)
    {
        string found = position == text.Length
            ? "the header's end"
            : text[position] is > (byte)' ' and < 127
                ? $"'{(char)text[position]}'"
                : "0x" + text[position].ToString("x2", CultureInfo.InvariantCulture);
        return Damaged($"found {found}, expected {expected}");
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            position++;
        }
    }
}
