using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BackpropGen;

/// <summary>
/// How a file of this library says that it is whole. Its header begins with the check of itself: of the eight bytes of its length and of all
/// of the header, with the eight digits of the check as zeros. Another key holds the check of the data. A file with any key of this library
/// must have them all, so that no damage makes it pass for a file from elsewhere.
/// </summary>
internal static class HeaderSeal
{
    /// <summary>What the metadata's own keys begin with.</summary>
    public const string Prefix = "backpropgen.";

    public const string HeaderKey = Prefix + "check";
    public const string DataKey = Prefix + "data";
    public const string FormatKey = Prefix + "format";
    public const string VersionKey = Prefix + "version";

    /// <summary>What this version writes, and all that it reads.</summary>
    public const string Format = "1";

    /// <summary>How every header of this library begins, up to the digits of its check.</summary>
    public const string Opening = "{\"__metadata__\":{\"" + HeaderKey + "\":\"";

    /// <summary>Of a check, in hexadecimal.</summary>
    public const int Digits = 8;

    private static readonly byte[] OpeningBytes = Encoding.ASCII.GetBytes(Opening);

    /// <summary>The version of this library, such as 0.1.0.</summary>
    public static string Version => typeof(HeaderSeal).Assembly.GetName().Version!.ToString(3);

    public static string Text(uint check) => check.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The check of a header whose digits may be anything.</summary>
    /// <param name="header">The header, which begins with <see cref="Opening"/>.</param>
    public static uint Check(ReadOnlySpan<byte> header)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        var crc = default(Crc32);
        crc.Append(bytes);
        crc.Append(header.Slice(0, OpeningBytes.Length));
        bytes.Fill((byte)'0');
        crc.Append(bytes);
        crc.Append(header.Slice(OpeningBytes.Length + Digits));
        return crc.Value;
    }

    /// <summary>Where a header begins as this library's do, it has to be whole.</summary>
    /// <returns>Whether it begins so.</returns>
    /// <exception cref="WeightsFormatException">It is damaged.</exception>
    public static bool Opens(ReadOnlySpan<byte> header)
    {
        if (header.Length < OpeningBytes.Length + Digits || !header.StartsWith(OpeningBytes))
        {
            return false;
        }

        string computed = Text(Check(header));
        for (int i = 0; i < Digits; i++)
        {
            if (header[OpeningBytes.Length + i] != computed[i])
            {
                throw new WeightsFormatException(
                    $"The header is damaged: its {header.Length.ToString(CultureInfo.InvariantCulture)} bytes have the check {computed}, and it says another one. Take the file from its source again.");
            }
        }

        return true;
    }

    /// <summary>The metadata of a whole header agree with how it begins.</summary>
    /// <param name="opens">Whether it begins as this library's do.</param>
    /// <param name="metadata">All of it.</param>
    /// <exception cref="WeightsFormatException">It has keys of this library and not all that belong to them, or is of a later format.</exception>
    public static void Agree(bool opens, IReadOnlyDictionary<string, string> metadata)
    {
        if (!opens)
        {
            foreach (KeyValuePair<string, string> pair in metadata)
            {
                if (pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    throw new WeightsFormatException(
                        $"The header has the key '{Quoted.Name(pair.Key)}' but does not begin with '{HeaderKey}': it is damaged, or was rewritten by a program that kept the metadata. What another program writes must not have keys that begin with '{Prefix}'.");
                }
            }

            return;
        }

        foreach (string key in new[] { FormatKey, VersionKey, DataKey })
        {
            if (!metadata.ContainsKey(key))
            {
                throw new WeightsFormatException($"The header begins as BackpropGen's do, but has no '{key}': it was not written by BackpropGen.");
            }
        }

        if (metadata[FormatKey] != Format)
        {
            throw new WeightsFormatException(
                $"The file is of format '{Quoted.Name(metadata[FormatKey])}', written by BackpropGen {Quoted.Name(metadata[VersionKey])}; this version, {Version}, reads format {Format}. Take a later version of BackpropGen.");
        }
    }

    /// <summary>The data have the check that the header says.</summary>
    /// <exception cref="WeightsFormatException">They are damaged.</exception>
    public static void Verify(FileBytes data, IReadOnlyDictionary<string, string> metadata)
    {
        string computed = Text(data.Check());
        if (metadata[DataKey] != computed)
        {
            throw new WeightsFormatException(
                $"The values are damaged: their {data.Length.ToString(CultureInfo.InvariantCulture)} bytes have the check {computed}, the header says {Quoted.Name(metadata[DataKey])}. Take the file from its source again.");
        }
    }
}
