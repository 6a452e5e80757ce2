using Tradepost.Storage;

namespace Tradepost.Streams.Segments;

/// <summary>Finds where the last segment ends: after the last record that is whole.</summary>
internal static class TailScan
{
    private const int BlockSize = 1 << 20;

    /// <summary>Reads a segment to its end.</summary>
    /// <returns>The position after the last whole record, and the offset in the file behind it; 0 when not even the header is
    /// whole.</returns>
    public static (long Next, long End) Of(SegmentFile segment)
    {
        using var file = File.OpenHandle(segment.Path);
        var length = RandomAccess.GetLength(file);
        var header = new byte[RecordFormat.HeaderSize];
        if (RandomAccess.Read(file, header, 0) < header.Length || !RecordFormat.IsHeader(header, segment.First))
        {
            return (segment.First, 0);
        }

        var (next, end) = (segment.First, (long)RecordFormat.HeaderSize);
        var block = new byte[BlockSize];
        while (end < length)
        {
            var filled = Fill(file, ref block, end);
            var used = Records(block.AsSpan(0, filled), ref next, out var isCut);
            end += used;
            if (used > 0)
            {
                continue;
            }

            if (!isCut || end + filled >= length)
            {
                break;
            }

            Array.Resize(ref block, block.Length * 2);
        }

        return (next, end);
    }

    private static int Records(ReadOnlySpan<byte> block, ref long next, out bool isCut)
    {
        var used = 0;
        int length;
        while ((length = RecordFormat.Read(block[used..], next, out isCut)) >= 0)
        {
            used += RecordFormat.SizeOf(length);
            next++;
        }

        return used;
    }

    /// <summary>Cuts a segment. Nothing is thrown away: what was cut is kept beside the segment for whoever wants to look.</summary>
    public static LogRepair Cut(SegmentFile segment, long end, long length)
    {
        var kept = $"{segment.Path}.{end}.cut";
        using (var from = File.OpenRead(segment.Path))
        {
            from.Position = end;
            SafeFile.Write(kept, from.CopyTo);
        }

        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, end);
        RandomAccess.FlushToDisk(file);
        return new LogRepair(segment.Path, length - end, kept);
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, ref byte[] block, long from)
    {
        var filled = 0;
        int read;
        while (filled < block.Length && (read = RandomAccess.Read(file, block.AsSpan(filled), from + filled)) > 0)
        {
            filled += read;
        }

        return filled;
    }
}
