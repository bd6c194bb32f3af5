using System;
using System.Runtime.InteropServices;
using System.Text;

namespace BackpropGen;

/// <summary>A folder's entries on the disk: a renamed file is there after a power cut only if they are.</summary>
internal static unsafe class FolderOnDisk
{
    private const int ReadOnly = 0;

    /// <summary>Whether this is Windows; asked in a way that Mono knows without its facades.</summary>
    public static bool IsWindows => Environment.OSVersion.Platform == PlatformID.Win32NT;

    /// <summary>Flushes them, where the system offers it: on Windows a rename is journalled, and there is nothing to call.</summary>
    public static void Flush(string folder)
    {
        if (IsWindows)
        {
            return;
        }

        try
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(folder + '\0'))
            {
                int descriptor = Open(path, ReadOnly);
                if (descriptor >= 0)
                {
                    // Some file systems refuse for a folder: then there is no more to be done.
                    _ = Synchronize(descriptor);
                    _ = Close(descriptor);
                }
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without a C library of this name.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte* path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
