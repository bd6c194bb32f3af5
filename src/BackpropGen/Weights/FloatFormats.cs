using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BackpropGen;

/// <summary>Singles of what other floats there are in files.</summary>
internal static class FloatFormats
{
    /// <summary>As many values as there is room for.</summary>
    /// <param name="type">F16, BF16 or F64.</param>
    /// <param name="bytes">Little-endian.</param>
    /// <param name="values">Filled.</param>
    public static void ToSingles(SafetensorsType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                SafetensorsType.F16 => OfHalf(BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2 * i))),
                SafetensorsType.BF16 => OfBits((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2 * i)) << 16),
                _ => (float)BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(8 * i))),
            };
        }
    }

    // 1 bit of sign, 5 of exponent with a bias of 15, 10 of fraction; a single has 8, 127 and 23.
    private static float OfHalf(ushort half)
    {
        uint sign = (uint)(half & 0x8000) << 16;
        uint exponent = (uint)(half >> 10) & 31;
        uint fraction = (uint)half & 1023;
        if (exponent == 0)
        {
            // Zero or denormal: fraction·2⁻²⁴, which a single holds exactly.
            return OfBits(sign | Bits(fraction * (1f / (1 << 24))));
        }

        return OfBits(sign | (exponent == 31 ? 0x7F800000 : (exponent + 127 - 15) << 23) | (fraction << 13));
    }

    private static float OfBits(uint bits) => Unsafe.As<uint, float>(ref bits);

    private static uint Bits(float value) => Unsafe.As<float, uint>(ref value);
}
