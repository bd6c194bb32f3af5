using System;
using System.IO;

namespace BackpropGen.Data;

/// <summary>
/// A text whose values are separated by any number of blanks and tabs, as one where it is a single blank: outside quotation marks each run becomes one, and none
/// is left at the ends of a line. Bytes of UTF-8, read once, forwards; lines stay where they are. The text stays open.
/// </summary>
internal sealed class WhitespaceFields(Stream text) : Stream
{
    private readonly byte[] _input = new byte[1 << 16];
    private int _position;
    private int _end;
    private bool _inQuotes;
    private bool _closedQuotes;
    private bool _atLineStart = true;
    private bool _atValueStart = true;
    private bool _separatorIsDue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int written = 0;
        while (written == 0 && buffer.Length > 0)
        {
            if (_position == _end)
            {
                _position = 0;
                _end = text.Read(_input);
                if (_end == 0)
                {
                    return 0;
                }
            }

            written = Rewrite(buffer);
        }

        return written;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Rewrite(Span<byte> output)
    {
        int written = 0;
        while (_position < _end && written < output.Length)
        {
            byte next = _input[_position];
            if (!_inQuotes && (next is (byte)' ' or (byte)'\t'))
            {
                _separatorIsDue = !_atLineStart;
                _position++;
                continue;
            }

            bool endsLine = next is (byte)'\r' or (byte)'\n';
            if (_separatorIsDue)
            {
                _separatorIsDue = false;
                if (!endsLine)
                {
                    // The byte itself comes in the next turn, where there may be no more room in this one.
                    output[written++] = (byte)' ';
                    _atValueStart = true;
                    continue;
                }
            }

            // A quotation mark opens at the start of a value, and again where one has just closed: doubled, it is text.
            bool isQuote = next == (byte)'"';
            bool opens = isQuote && !_inQuotes && (_atValueStart || _closedQuotes);
            _closedQuotes = isQuote && _inQuotes;
            _inQuotes = opens || (_inQuotes && !isQuote);
            _atLineStart = endsLine && !_inQuotes;
            _atValueStart = _atLineStart;
            output[written++] = next;
            _position++;
        }

        return written;
    }
}
