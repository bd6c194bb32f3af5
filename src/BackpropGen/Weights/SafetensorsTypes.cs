using System;

namespace BackpropGen;

/// <summary>The types' names in files, and their sizes.</summary>
internal static class SafetensorsTypes
{
    /// <summary>The names in files, in the order of the enumeration, which is that of the sizes.</summary>
    public static readonly string[] Names =
        ["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "U16", "I16", "F16", "BF16", "U32", "I32", "F32", "U64", "I64", "F64"];

    /// <summary>All names, for messages.</summary>
    public static string All => string.Join(", ", Names);

    /// <summary>The name in files.</summary>
    public static string Name(this SafetensorsType type) => Names[(int)type];

    /// <summary>Bytes per value.</summary>
    public static int Size(this SafetensorsType type) =>
        type < SafetensorsType.U16 ? 1 : type < SafetensorsType.U32 ? 2 : type < SafetensorsType.U64 ? 4 : 8;

    /// <summary>Whether the values are numbers that a float can be made of.</summary>
    public static bool IsFloat(this SafetensorsType type) =>
        type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;

    public static bool TryParse(string name, out SafetensorsType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (SafetensorsType)index;
        return index >= 0;
    }

    /// <summary>The type of C#'s values.</summary>
    /// <exception cref="NotSupportedException">The format has none for <typeparamref name="T"/>.</exception>
    public static SafetensorsType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? SafetensorsType.F32
        : typeof(T) == typeof(double) ? SafetensorsType.F64
        : typeof(T) == typeof(int) ? SafetensorsType.I32
        : typeof(T) == typeof(long) ? SafetensorsType.I64
        : typeof(T) == typeof(byte) ? SafetensorsType.U8
        : typeof(T) == typeof(sbyte) ? SafetensorsType.I8
        : typeof(T) == typeof(short) ? SafetensorsType.I16
        : typeof(T) == typeof(ushort) ? SafetensorsType.U16
        : typeof(T) == typeof(uint) ? SafetensorsType.U32
        : typeof(T) == typeof(ulong) ? SafetensorsType.U64
        : typeof(T) == typeof(bool) ? SafetensorsType.Bool
        : throw new NotSupportedException(
            $"A safetensors file has no type for {typeof(T)}: give float, double, bool, or an integer of 8, 16, 32 or 64 bits.");
}
