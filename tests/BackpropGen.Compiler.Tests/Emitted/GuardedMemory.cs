using System;
using System.Runtime.InteropServices;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// Memory between two pages that nobody may touch: a read or a write beyond it ends the process there and then, with the method's name in
/// the trace. Where a system has no <c>mmap</c>, the neighbours are filled with a pattern, and a write is found afterwards.
/// </summary>
internal sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int PageSize = 4096;
    private const byte Pattern = 0xA5;

    private readonly byte* pages;
    private readonly nuint length;

    /// <summary>Takes the memory.</summary>
    /// <param name="values">What it holds at first.</param>
    /// <param name="atEnd">Whether it ends, or begins, where the forbidden page is.</param>
    public GuardedMemory(ReadOnlySpan<T> values, bool atEnd)
    {
        int bytes = values.Length * sizeof(T);
        int inner = Math.Max(1, (bytes + PageSize - 1) / PageSize) * PageSize;
        length = (nuint)(inner + (2 * PageSize));
        if (OperatingSystem.IsLinux())
        {
            const int ReadWrite = 3, PrivateAnonymous = 0x22;
            pages = Pages.Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
            if ((nint)pages == -1 || Pages.Protect(pages, PageSize, 0) != 0 || Pages.Protect(pages + PageSize + inner, PageSize, 0) != 0)
            {
                throw new InvalidOperationException($"No guarded memory of {length} bytes: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        else
        {
            pages = (byte*)NativeMemory.Alloc(length);
            NativeMemory.Fill(pages, length, Pattern);
        }

        First = (T*)(pages + PageSize + (atEnd ? inner - bytes : 0));
        Count = values.Length;
        values.CopyTo(Span);
    }

    public Span<T> Span => new(First, Count);

    private T* First { get; }

    private int Count { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Pages.Unmap(pages, length);
            return;
        }

        int before = (int)((byte*)First - pages);
        bool untouched = new ReadOnlySpan<byte>(pages, before).IndexOfAnyExcept(Pattern) < 0
            && new ReadOnlySpan<byte>(First + Count, (int)length - before - (Count * sizeof(T))).IndexOfAnyExcept(Pattern) < 0;
        NativeMemory.Free(pages);
        if (!untouched)
        {
            throw new InvalidOperationException("Something was written beside the memory given.");
        }
    }
}

/// <summary>Pages from the operating system.</summary>
internal static unsafe class Pages
{
    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static extern byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static extern int Protect(void* address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    public static extern int Unmap(void* address, nuint length);
}
