using System;
using System.Buffers;

namespace BackpropGen;

/// <summary>Memory that somebody else holds for the time of a call, and has fixed.</summary>
internal sealed unsafe class BorrowedBytes(byte* pointer, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(pointer, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(pointer + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
