using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BackpropGen;

/// <summary>Writes the header of a safetensors file, with its seal.</summary>
internal static class HeaderText
{
    /// <summary>The header's bytes, padded so that the data begin on a boundary of eight.</summary>
    /// <param name="tensors">In the order of their values.</param>
    /// <param name="metadata">Without the seal's keys.</param>
    /// <param name="dataCheck">The check of all values.</param>
    /// <exception cref="InvalidOperationException">It is longer than the format allows.</exception>
    public static byte[] Write(IReadOnlyList<SafetensorsWriter.Entry> tensors, IEnumerable<KeyValuePair<string, string>> metadata, uint dataCheck)
    {
        var text = new StringBuilder(HeaderSeal.Opening);
        text.Append('0', HeaderSeal.Digits).Append('"');
        Pair(text, HeaderSeal.DataKey, HeaderSeal.Text(dataCheck));
        Pair(text, HeaderSeal.FormatKey, HeaderSeal.Format);
        Pair(text, HeaderSeal.VersionKey, HeaderSeal.Version);
        foreach (KeyValuePair<string, string> pair in metadata)
        {
            Pair(text, pair.Key, pair.Value);
        }

        text.Append('}');
        long offset = 0;
        foreach (SafetensorsWriter.Entry tensor in tensors)
        {
            text.Append(',');
            String(text, tensor.Name);
            text.Append(":{\"dtype\":\"").Append(tensor.Type.Name()).Append("\",\"shape\":[");
            for (int i = 0; i < tensor.Shape.Length; i++)
            {
                text.Append(i == 0 ? string.Empty : ",").Append(tensor.Shape[i].ToString(CultureInfo.InvariantCulture));
            }

            text.Append("],\"data_offsets\":[").Append(offset.ToString(CultureInfo.InvariantCulture));
            offset += tensor.ByteLength;
            text.Append(',').Append(offset.ToString(CultureInfo.InvariantCulture)).Append("]}");
        }

        text.Append('}');
        string all = text.ToString();
        int length = (Encoding.UTF8.GetByteCount(all) + 7) & -8;
        if (length > SafetensorsHeader.Longest)
        {
            throw new InvalidOperationException($"The header would have {length} bytes, and at most {SafetensorsHeader.Longest} are legal: write fewer tensors or shorter metadata.");
        }

        var header = new byte[length];
        int written = Encoding.UTF8.GetBytes(all, 0, all.Length, header, 0);
        header.AsSpan(written).Fill((byte)' ');
        Encoding.ASCII.GetBytes(HeaderSeal.Text(HeaderSeal.Check(header)), 0, HeaderSeal.Digits, header, HeaderSeal.Opening.Length);
        return header;
    }

    /// <summary>Half of a surrogate pair has no UTF-8.</summary>
    /// <exception cref="ArgumentException">The text has one.</exception>
    public static void CheckUnicode(string text, string parameter)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    throw new ArgumentException($"'{Quoted.Name(text)}' has half of a surrogate pair at index {i}: it is no Unicode.", parameter);
                }

                i++;
            }
        }
    }

    private static void Pair(StringBuilder text, string key, string value)
    {
        text.Append(',');
        String(text, key);
        text.Append(':');
        String(text, value);
    }

    private static void String(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ')
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }
}
