using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// What lies beside the values of a network's own buffers. It may be read and must not matter: it is filled with NaN. It must not be
/// written: every bit of it stays.
/// </summary>
internal sealed class BufferSlack
{
    private const uint Pattern = 0x7FC0_5A5A;

    private readonly Buffer[] buffers;

    /// <summary>Fills what lies beside the values of every buffer that the network holds, however deep.</summary>
    public BufferSlack(object network)
    {
        buffers = Reachable(network).Where(o => o.GetType().FullName == "BackpropGen.Runtime.AlignedBuffer").Select(Buffer.Of).ToArray();
        float pattern = BitConverter.UInt32BitsToSingle(Pattern);
        foreach (Buffer buffer in buffers)
        {
            buffer.Array.AsSpan(0, buffer.Start).Fill(pattern);
            buffer.Array.AsSpan(buffer.Start + buffer.Length).Fill(pattern);
        }
    }

    public int Buffers => buffers.Length;

    /// <summary>The places beside a buffer that were written, as text; empty where there are none.</summary>
    public IEnumerable<string> Written()
    {
        foreach (Buffer buffer in buffers)
        {
            for (int i = 0; i < buffer.Array.Length; i++)
            {
                int index = i - buffer.Start;
                if ((index < 0 || index >= buffer.Length) && BitConverter.SingleToUInt32Bits(buffer.Array[i]) != Pattern)
                {
                    yield return $"{buffer.Array[i]} at index {index} of a buffer of {buffer.Length}";
                }
            }
        }
    }

    private static IEnumerable<object> Reachable(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
        var waiting = new Queue<object>(seen);
        while (waiting.TryDequeue(out object? item))
        {
            yield return item;
            foreach (object next in Fields(item.GetType()).Where(f => !f.FieldType.IsPointer && !f.FieldType.IsByRefLike).Select(f => f.GetValue(item)).OfType<object>())
            {
                if (next.GetType() is { IsPrimitive: false, IsArray: false } type && type != typeof(string) && seen.Add(next))
                {
                    waiting.Enqueue(next);
                }
            }
        }
    }

    private static FieldInfo[] Fields(Type type) => type.Assembly == typeof(object).Assembly
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>A buffer of the library, whose insides are read by their names.</summary>
    private sealed unsafe record Buffer(float[] Array, int Start, int Length)
    {
        public static Buffer Of(object buffer)
        {
            var array = (float[])Value("array");
            var first = (float*)Pointer.Unbox(Value("pointer"));
            return new Buffer(array, (int)(first - (float*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0)), (int)Value("length"));

            object Value(string name) => (Fields(buffer.GetType()).FirstOrDefault(f => f.Name == name)
                ?? throw new InvalidOperationException($"{buffer.GetType()} has no field {name} any more: the test looks for it.")).GetValue(buffer)!;
        }
    }
}
