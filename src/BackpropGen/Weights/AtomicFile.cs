using System;
using System.Collections.Generic;
using System.IO;

namespace BackpropGen;

/// <summary>Writes a file so that at every moment, whatever happens, the old one is there whole or the new one is.</summary>
/// <remarks>
/// <para>
/// A new file is written in the same folder, flushed to the disk and renamed over the old one; then the folder is flushed, where the system
/// can. Access rights of the old file are kept, and through a symbolic link it is the file behind it that is replaced (not on netstandard2.0).
/// </para>
/// <para>
/// Where writing fails, the new file is deleted. Where the process is killed, it stays, as <c>.name.</c>, 32 digits and <c>.tmp</c>, until the next time that
/// a file of this name is written.
/// </para>
/// </remarks>
public static class AtomicFile
{
    private const string Ending = ".tmp";
    private const int RandomDigits = 32;

    // The new files of this process. Between its last byte and its new name a file is nobody's to the eye: this process knows better.
    private static readonly HashSet<string> Unfinished = new(StringComparer.Ordinal);

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where to. The folder must be there; a file is replaced.</param>
    /// <param name="write">Writes the content. Where it throws, the old file stays, and the exception goes on.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or a folder's.</exception>
    /// <exception cref="IOException">The file can't be written or replaced. The old one is there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the old file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (write is null)
        {
            throw new ArgumentNullException(nameof(write));
        }

        string target = Target(path);
        string name = Path.GetFileName(target);
        if (name.Length == 0)
        {
            throw new ArgumentException($"'{path}' is no file's path: it ends with a folder.", nameof(path));
        }

        string folder = Path.GetDirectoryName(target)!;
        string temporary = Path.Combine(folder, Prefix(name) + Guid.NewGuid().ToString("N") + Ending);
        lock (Unfinished)
        {
            Unfinished.Add(temporary);
        }

        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(temporary, target);
        }
        catch
        {
            // Whatever went wrong: it is told, and what was written in vain is no more.
            File.Delete(temporary);
            throw;
        }
        finally
        {
            lock (Unfinished)
            {
                Unfinished.Remove(temporary);
            }
        }

        FolderOnDisk.Flush(folder);
        Sweep(folder, name);
    }

    private static string Prefix(string name) => "." + name + ".";

    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
#if NET8_0_OR_GREATER
        var file = new FileInfo(full);
        if (file.LinkTarget is not null)
        {
            full = file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
#endif
        return full;
    }

    private static void Replace(string temporary, string target)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }

        File.Move(temporary, target, overwrite: true);
#else
        // There is no call for both cases: where the file comes or goes in between, the other one is due.
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                if (File.Exists(target))
                {
                    File.Replace(temporary, target, destinationBackupFileName: null);
                }
                else
                {
                    File.Move(temporary, target);
                }

                return;
            }
            catch (IOException) when (attempt < 3 && File.Exists(temporary))
            {
            }
        }
#endif
    }

    /// <summary>Deletes what killed processes left. Who is still writing has its file locked, or is this process.</summary>
    private static void Sweep(string folder, string name)
    {
#if NETSTANDARD2_0
        // Mono's locks hold within a process only.
        if (!FolderOnDisk.IsWindows)
        {
            return;
        }
#endif
        string prefix = Prefix(name);
        foreach (string file in Directory.EnumerateFiles(folder, prefix + "*" + Ending))
        {
            // A name may have a star in it, and another file's name may go on after a dot.
            string found = Path.GetFileName(file);
            if (found.Length != prefix.Length + RandomDigits + Ending.Length || !found.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            lock (Unfinished)
            {
                if (Unfinished.Contains(file))
                {
                    continue;
                }
            }

            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody's, and not ours to delete.
            }
        }
    }
}
