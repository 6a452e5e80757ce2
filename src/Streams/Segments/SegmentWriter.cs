using Microsoft.Win32.SafeHandles;

namespace Tradepost.Streams.Segments;

/// <summary>The segment that is being written. What <see cref="Append"/> returned from is on disk.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly SafeFileHandle file;

    private SegmentWriter(SegmentFile segment, SafeFileHandle file, long length) => (Segment, this.file, Length) = (segment, file, length);

    public SegmentFile Segment { get; }

    public long Length { get; private set; }

    public static SegmentWriter Create(string folder, long first)
    {
        var segment = new SegmentFile(Path.Combine(folder, SegmentFile.NameOf(first)), first);
        var created = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            RandomAccess.Write(created, RecordFormat.Header(first), 0);
            return new SegmentWriter(segment, created, RecordFormat.HeaderSize);
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Goes on behind the last whole record of a segment.</summary>
    public static SegmentWriter Continue(SegmentFile segment, long length) =>
        new(segment, File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete), length);

    public void Append(ReadOnlySpan<byte> group)
    {
        RandomAccess.Write(file, group, Length);
        RandomAccess.FlushToDisk(file);
        Length += group.Length;
    }

    /// <summary>Cuts off what a failed write may have left. That may fail too; then readers find that the segment ends there.</summary>
    public void Abandon()
    {
        try
        {
            RandomAccess.SetLength(file, Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException)
        {
            // The next segment says at which position it begins, so that nothing behind the last whole record is taken for one.
        }

        Dispose();
    }

    public void Dispose() => file.Dispose();
}
