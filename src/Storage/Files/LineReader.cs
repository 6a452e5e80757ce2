using System.Security.Cryptography;

namespace Tradepost.Storage.Files;

/// <summary>
/// The lines of a stream as spans, with their numbers, how many bytes they end at, and a hash of everything up to there. A stream that ends
/// in the middle of a compressed block gives what could be read.
/// </summary>
/// <param name="stream">The bytes; disposed with this.</param>
/// <param name="isWhole">Whether the stream, at its end, may end without a line end.</param>
/// <param name="isOpen">Whether a text goes on behind its line end; null where none does.</param>
public sealed class LineReader(Stream stream, Func<bool> isWhole, LineReader.IsOpen? isOpen = null) : IDisposable
{
    /// <inheritdoc cref="LineReader" path="/param[@name='isOpen']" />
    public delegate bool IsOpen(ReadOnlySpan<byte> text);

    /// <summary>More than any line of a CSV file has; what has longer ones is no such file.</summary>
    public const int LongestLine = 1 << 20;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[2 * LongestLine];
    private int start;
    private int end;
    private int hashed;
    private bool isAtEnd;
    private bool isInLine;

    /// <summary>Bytes of the lines read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The number of its first line, where it has several.</summary>
    public long FirstLineNumber { get; private set; }

    /// <summary>Whether the stream ended before its end: what is compressed in it was cut off.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What there is of a line that was cut off, in bytes; the reader stays before it.</summary>
    public int Tail { get; private set; }

    /// <summary>Whether the line that was read last ended in a line end.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Reads a line without its end, valid until the next call; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A line has no end.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var (searched, inner) = (0, 0);
        int length;
        while (true)
        {
            length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0 && isOpen?.Invoke(buffer.AsSpan(start, searched + length)) is not true)
            {
                break;
            }

            if (length >= 0)
            {
                (searched, inner) = (searched + length + 1, inner + 1);
                continue;
            }

            searched = end - start;
            if (!Fill())
            {
                FirstLineNumber = LineNumber + 1;
                return TryReadLast(out line);
            }
        }

        length += searched;
        FirstLineNumber = LineNumber + 1;
        LineNumber += inner;
        line = buffer.AsSpan(start, length);
        line = line is [.. var text, (byte)'\r'] ? text : line;
        IsTerminated = true;
        Take(length + 1);
        return true;
    }

    /// <summary>Goes on to where the first so many bytes end; false when there are fewer.</summary>
    /// <param name="offset">Not before where the reader is.</param>
    /// <param name="lineNumber">The number of the line that ends there.</param>
    public bool TrySkip(long offset, long lineNumber)
    {
        while (Offset < offset)
        {
            if (start == end && !Fill())
            {
                return false;
            }

            var step = (int)Math.Min(end - start, offset - Offset);
            start += step;
            Offset += step;
            isInLine = buffer[start - 1] != (byte)'\n';
        }

        LineNumber = lineNumber;
        return true;
    }

    /// <summary>
    /// Goes past the line end that the line skipped last has got since it ended the stream; false when that line goes on.
    /// </summary>
    public bool TryEndLine()
    {
        if (!isInLine || (start == end && !Fill()))
        {
            return true;
        }

        if (end - start == 1)
        {
            Fill();
        }

        var length = buffer.AsSpan(start, end - start) switch
        {
            [(byte)'\n', ..] => 1,
            [(byte)'\r', (byte)'\n', ..] => 2,
            _ => 0,
        };
        start += length;
        Offset += length;
        return length > 0;
    }

    /// <summary>The hash of everything up to where the reader is.</summary>
    public string Hash()
    {
        AddToHash();
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose()
    {
        hash.Dispose();
        stream.Dispose();
    }

    private bool TryReadLast(out ReadOnlySpan<byte> line)
    {
        line = buffer.AsSpan(start, end - start);
        if (line.IsEmpty || Tail > 0)
        {
            return false;
        }

        IsTerminated = false;
        IsCut = IsCut || !isWhole();
        if (IsCut)
        {
            Tail = line.Length;
            LineNumber++;
        }
        else
        {
            Take(line.Length);
        }

        return true;
    }

    private void Take(int length)
    {
        start += length;
        Offset += length;
        LineNumber++;
    }

    private bool Fill()
    {
        if (isAtEnd)
        {
            return false;
        }

        AddToHash();
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (end, start, hashed) = (end - start, 0, 0);
        }

        if (end == buffer.Length)
        {
            throw new InvalidDataException($"Line {LineNumber + 1} has more than {LongestLine} bytes.");
        }

        var count = Read(buffer.AsSpan(end));
        end += count;
        isAtEnd = count == 0;
        return count > 0;
    }

    // What was decompressed of a cut block comes before the exception.
    private int Read(Span<byte> target)
    {
        try
        {
            return stream.Read(target);
        }
        catch (InvalidDataException) when (Offset > 0 || end > 0)
        {
            IsCut = true;
            return 0;
        }
        catch (EndOfStreamException)
        {
            IsCut = true;
            return 0;
        }
    }

    private void AddToHash()
    {
        hash.AppendData(buffer.AsSpan(hashed, start - hashed));
        hashed = start;
    }
}
