using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace BackpropGen.Tests.Storage;

/// <summary>Files of weights in memory: those of networks, and those that somebody else might have written.</summary>
internal static class StoredFiles
{
    /// <summary>A network's file.</summary>
    public static byte[] Of(INetwork network)
    {
        using var stream = new MemoryStream();
        Weights.Save(network, stream);
        return stream.ToArray();
    }

    /// <summary>A file with any header.</summary>
    public static byte[] Foreign(string header, int dataLength = 0) => Foreign(Encoding.UTF8.GetBytes(header), new byte[dataLength]);

    /// <summary>A file with any header and data.</summary>
    public static byte[] Foreign(byte[] header, byte[] data)
    {
        var file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    /// <summary>How many bytes a file has before its data.</summary>
    public static int HeaderEnd(byte[] file) => 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);

    /// <summary>The header's text.</summary>
    public static string Header(byte[] file) => Encoding.UTF8.GetString(file, 8, HeaderEnd(file) - 8);

    /// <summary>What a file's error says: it must be one of this library's.</summary>
    public static string Fault(byte[] file) => Xunit.Assert.Throws<WeightsFormatException>(() => SafetensorsFile.Read(file)).Message;

    /// <summary>A stream of which nobody knows how long it is, that gives a few bytes at a time.</summary>
    public sealed class Trickle(byte[] bytes) : Stream
    {
        private int position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = Math.Min(Math.Min(count, 7777), bytes.Length - position);
            Array.Copy(bytes, position, buffer, offset, given);
            position += given;
            return given;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A folder that is deleted in the end.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backpropgen-");

        public string File(string name) => Path.Combine(folder.FullName, name);

        public string[] Names => Array.ConvertAll(folder.GetFileSystemInfos(), f => f.Name);

        public void Dispose() => folder.Delete(recursive: true);
    }
}
