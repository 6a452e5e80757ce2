namespace Tradepost.Streams;

/// <summary>How a log is kept on disk.</summary>
public sealed record LogOptions
{
    /// <summary>Size at which a segment is ended and the next one begun; at least 64 KB.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>
    /// The most that all segments together may take on disk. A log that is full takes no further record, and keeps what it has.
    /// </summary>
    public long BudgetBytes { get; init; } = 10L << 30;

    /// <summary>
    /// How long records are gathered before they are written and made durable together. More saves the disk, less shortens the wait.
    /// </summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The most that may wait in memory to be written; appending waits beyond it.</summary>
    public int PendingBytes { get; init; } = 16 << 20;

    /// <summary>How long segments are kept that every reader has passed.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.Zero;

    internal void Check()
    {
        if (
            SegmentBytes < 64 << 10
            || BudgetBytes < SegmentBytes
            || PendingBytes < 64 << 10
            || GroupInterval < TimeSpan.Zero
            || Retention < TimeSpan.Zero
        )
        {
            throw new InvalidOperationException(
                "A log's segments and what is pending are at least 64 KB, its budget is at least a segment, and times are not negative: "
                    + $"{this}."
            );
        }
    }
}
