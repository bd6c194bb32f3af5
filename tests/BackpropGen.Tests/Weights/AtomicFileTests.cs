using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>The old file or the new one, whole, and nothing beside it.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly StoredFiles.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_created_and_replaced()
    {
        string path = folder.File("weights");
        AtomicFile.Write(path, s => s.WriteByte(1));
        Assert.Equal([1], File.ReadAllBytes(path));
        AtomicFile.Write(path, s => s.Write([2, 3]));
        Assert.Equal([2, 3], File.ReadAllBytes(path));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void While_it_is_written_the_old_file_is_there()
    {
        string path = folder.File("weights");
        File.WriteAllText(path, "old");
        AtomicFile.Write(path, s =>
        {
            s.Write(new byte[1 << 20]);
            Assert.Equal("old", File.ReadAllText(path));
        });
        Assert.Equal(1 << 20, new FileInfo(path).Length);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        string path = folder.File("weights");
        File.WriteAllText(path, "old");
        Assert.Throws<FormatException>(() => AtomicFile.Write(path, s =>
        {
            s.WriteByte(1);
            throw new FormatException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["weights"], folder.Names);
        Assert.Throws<FormatException>(() => AtomicFile.Write(folder.File("never"), _ => throw new FormatException()));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void Where_a_file_can_not_be_it_is_said_and_nothing_is_left()
    {
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder.File(Path.Combine("nowhere", "weights")), _ => { }));
        Assert.Contains("ends with a folder", Assert.Throws<ArgumentException>(() => AtomicFile.Write(folder.File("a") + Path.DirectorySeparatorChar, _ => { })).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder.File("taken"), s => s.WriteByte(1)));
        Assert.Equal(["taken"], folder.Names);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => AtomicFile.Write(null!, _ => { })).ParamName);
        Assert.Equal("write", Assert.Throws<ArgumentNullException>(() => AtomicFile.Write("a", null!)).ParamName);
    }

    [Fact]
    public void What_a_killed_process_left_is_deleted_and_what_a_living_one_writes_is_not()
    {
        string path = folder.File("weights");
        string left = folder.File(".weights." + new string('0', 32) + ".tmp");
        File.WriteAllText(left, "half");
        string[] others = [folder.File(".weights.tmp"), folder.File(".weights.more." + new string('0', 27) + ".tmp.x"), folder.File(".other." + new string('0', 32) + ".tmp")];
        foreach (string other in others)
        {
            File.WriteAllText(other, "mine");
        }

        AtomicFile.Write(path, s =>
        {
            s.WriteByte(1);
            AtomicFile.Write(path, inner => inner.WriteByte(2));
            Assert.False(File.Exists(left));
        });
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.All(others, o => Assert.True(File.Exists(o)));
        Assert.Equal(4, folder.Names.Length);
    }

    [Fact]
    public async Task Many_writers_at_once_leave_one_whole_file()
    {
        string path = folder.File("weights");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++)
            {
                AtomicFile.Write(path, s => s.Write(Enumerable.Repeat((byte)writer, 10_000).ToArray()));
                byte[] whole = File.ReadAllBytes(path);
                Assert.Equal(10_000, whole.Length);
                Assert.Single(whole.Distinct());
            }
        })));
        AtomicFile.Write(path, s => s.WriteByte(1));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void Rights_are_kept_and_links_are_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = folder.File("weights");
        File.WriteAllText(path, "old");
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, Private);
        string link = folder.File("latest");
        File.CreateSymbolicLink(link, "weights");
        AtomicFile.Write(link, s => s.WriteByte(1));
        Assert.Equal("weights", new FileInfo(link).LinkTarget);
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal(Private, File.GetUnixFileMode(path));
        string dangling = folder.File("dangling");
        File.CreateSymbolicLink(dangling, "new");
        AtomicFile.Write(dangling, s => s.WriteByte(2));
        Assert.Equal([2], File.ReadAllBytes(folder.File("new")));
    }
}
