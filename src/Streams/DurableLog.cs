using Tradepost.Streams.Segments;

namespace Tradepost.Streams;

/// <summary>
/// A durable, ordered file of records, kept in segments. Records that are appended get consecutive positions; they are gathered for some
/// milliseconds, written and made durable together, and only then seen by readers. Thread-safe.
/// </summary>
public sealed class DurableLog : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly LogOptions options;
    private readonly TimeProvider clock;
    private readonly string folder;
    private readonly FileStream claim;
    private readonly List<(SegmentFile File, long Bytes)> ended = [];
    private readonly Dictionary<string, long> released = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim arrived = new();
    private readonly ManualResetEventSlim closing = new();
    private readonly Task flushing;
    private TaskCompletionSource changed = NewSignal();
    private byte[] pending = new byte[64 << 10];
    private byte[] writing = new byte[64 << 10];
    private int pendingBytes;
    private SegmentWriter? current;
    private long writtenBytes;
    private long groupBytes;
    private long next;
    private long durable;
    private bool isEnding;

    private DurableLog(string folder, LogOptions options, TimeProvider clock, FileStream claim)
    {
        (this.folder, this.options, this.clock, this.claim) = (folder, options, clock, claim);
        (Repair, current) = Recover();
        Identity = LogIdentity.Of(folder, isNew: next == 0);
        durable = next;
        flushing = Task.Factory.StartNew(Flush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What was cut from the end when the log was opened; null when it was whole.</summary>
    public LogRepair? Repair { get; }

    /// <summary>
    /// What tells this log from every other, also from one that was begun in its folder after it was deleted: a position counts within it.
    /// </summary>
    public Guid Identity { get; }

    /// <summary>The first position that is still held.</summary>
    public long First
    {
        get
        {
            lock (gate)
            {
                return ended is [var (oldest, _), ..] ? oldest.First : current?.Segment.First ?? durable;
            }
        }
    }

    /// <summary>The position that the next record gets.</summary>
    public long Next
    {
        get
        {
            lock (gate)
            {
                return next;
            }
        }
    }

    /// <summary>Every record before this position is on disk.</summary>
    public long Durable => Volatile.Read(ref durable);

    /// <summary>What the segments take on disk.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return writtenBytes;
            }
        }
    }

    /// <summary>Why the last write failed, until one succeeds; null when writing works.</summary>
    public Exception? Failure { get; private set; }

    internal bool IsClosed { get; private set; }

    /// <summary>Opens the log of a folder, or begins one, and cuts off what was not written to its end.</summary>
    /// <exception cref="LogInUseException">Somebody else has it open.</exception>
    public static DurableLog Open(string folder, LogOptions options, TimeProvider clock)
    {
        options.Check();
        Directory.CreateDirectory(folder);
        FileStream claimed;
        try
        {
            claimed = new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LogInUseException(folder, e);
        }

        try
        {
            return new DurableLog(folder, options, clock, claimed);
        }
        catch
        {
            claimed.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends a record and gives its position, or null when the log is full: its budget is used up, or its disk takes nothing more. What
    /// was appended before is kept all the same. Waits while too much is still to be written.
    /// </summary>
    public async ValueTask<long?> AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > RecordFormat.LongestRecord)
        {
            throw new ArgumentException(
                $"A record of {content.Length} bytes is longer than the {RecordFormat.LongestRecord} that a log takes.",
                nameof(content)
            );
        }

        while (true)
        {
            Task wait;
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(IsClosed || closing.IsSet, this);
                var size = RecordFormat.SizeOf(content.Length);
                if (writtenBytes + groupBytes + pendingBytes + size > options.BudgetBytes)
                {
                    return null;
                }

                if (pendingBytes == 0 || pendingBytes + size <= options.PendingBytes)
                {
                    return Add(content.Span, size);
                }

                if (Failure is not null)
                {
                    return null;
                }

                wait = changed.Task;
            }

            await wait.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the record at a position is on disk.</summary>
    public async ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken)
    {
        while (Durable <= position)
        {
            Task wait;
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(IsClosed, this);
                wait = changed.Task;
            }

            if (Durable <= position)
            {
                await wait.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Waits until everything that was appended so far is on disk.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => WaitUntilDurableAsync(Next - 1, cancellationToken);

    /// <summary>
    /// Ends the segment that is written, with the next record: the older ones go once every reader has passed them, although they are not full.
    /// </summary>
    public void EndSegment()
    {
        lock (gate)
        {
            isEnding = true;
        }
    }

    /// <summary>Begins to read. Segments are deleted only when every reader that was ever named has released them.</summary>
    /// <param name="name">Whose progress it is.</param>
    /// <param name="position">Where to begin; what lies before counts as released.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position was deleted already, or never written.</exception>
    public LogReader Read(string name, long position)
    {
        lock (gate)
        {
            var first = First;
            if (position < first || position > next)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(position),
                    position,
                    $"The log in {folder} holds the positions {first} to {next}."
                );
            }

            released[name] = position;
        }

        return new LogReader(this, name, position);
    }

    /// <summary>Segments need not wait for this reader any more.</summary>
    public void Forget(string name)
    {
        lock (gate)
        {
            released.Remove(name);
            Trim();
        }
    }

    /// <summary>Writes what is pending and ends; readers reach the end.</summary>
    public async ValueTask DisposeAsync()
    {
        closing.Set();
        arrived.Set();
        await flushing;
        lock (gate)
        {
            if (IsClosed)
            {
                return;
            }

            IsClosed = true;
            current?.Dispose();
        }

        changed.TrySetResult();
        await claim.DisposeAsync();
        arrived.Dispose();
        closing.Dispose();
    }

    internal void Release(string name, long position)
    {
        lock (gate)
        {
            released[name] = Math.Max(position, released[name]);
            Trim();
        }
    }

    /// <summary>The segment that holds a position, and where the one behind it begins.</summary>
    internal (SegmentFile Segment, long? End) Find(long position)
    {
        lock (gate)
        {
            var segment = Segments().Last(segment => segment.First <= position);
            return (segment, EndOf(segment));
        }
    }

    /// <summary>Where the segment behind one begins; null while there is none.</summary>
    internal long? EndOf(SegmentFile segment)
    {
        lock (gate)
        {
            return Segments().FirstOrDefault(other => other.First > segment.First)?.First;
        }
    }

    /// <summary>Waits until there is something to read at a position; false when the log was closed and there will be nothing.</summary>
    internal async ValueTask<bool> WaitForAsync(long position, CancellationToken cancellationToken)
    {
        while (Durable <= position)
        {
            Task wait;
            lock (gate)
            {
                if (IsClosed)
                {
                    return Durable > position;
                }

                wait = changed.Task;
            }

            if (Durable <= position)
            {
                await wait.WaitAsync(cancellationToken);
            }
        }

        return true;
    }

    private IEnumerable<SegmentFile> Segments()
    {
        var files = ended.Select(segment => segment.File);
        return current is null ? files : files.Append(current.Segment);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long Add(ReadOnlySpan<byte> content, int size)
    {
        if (pending.Length - pendingBytes < size)
        {
            Array.Resize(ref pending, Math.Max(pendingBytes + size, pending.Length * 2));
        }

        RecordFormat.Write(pending.AsSpan(pendingBytes), next, content);
        pendingBytes += size;
        arrived.Set();
        return next++;
    }

    private (LogRepair?, SegmentWriter?) Recover()
    {
        var segments = SegmentFile.In(folder);
        if (segments.Count == 0)
        {
            return (null, null);
        }

        ended.AddRange(segments[..^1].Select(segment => (segment, new FileInfo(segment.Path).Length)));
        var last = segments[^1];
        var (position, end) = TailScan.Of(last);
        var length = new FileInfo(last.Path).Length;
        LogRepair? repair = null;
        if (end < length)
        {
            repair = TailScan.Cut(last, end, length);
        }

        next = position;
        writtenBytes = ended.Sum(segment => segment.Bytes) + end;
        return (repair, end == 0 ? null : SegmentWriter.Continue(last, end));
    }

    private void Flush()
    {
        while (true)
        {
            arrived.Wait();
            closing.Wait(options.GroupInterval);
            int bytes;
            long to;
            lock (gate)
            {
                arrived.Reset();
                (pending, writing) = (writing, pending);
                (bytes, pendingBytes, to) = (pendingBytes, 0, next);
                groupBytes = bytes;
            }

            if (bytes > 0 && !TryWrite(writing.AsSpan(0, bytes)))
            {
                return;
            }

            Publish(to, bytes);
            lock (gate)
            {
                if (closing.IsSet && pendingBytes == 0)
                {
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Writes a group, in a new segment when the last one failed, until it is on disk; false when the log is closed before that.
    /// </summary>
    private bool TryWrite(ReadOnlySpan<byte> group)
    {
        while (true)
        {
            try
            {
                Rotate(group.Length);
                current!.Append(group);
                Failure = null;
                return true;
            }
#pragma warning disable CA1031 // Whatever it is: a thread that ended would leave whoever appends waiting for ever.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failure = e;
                Abandon();
                Signal();
                if (closing.Wait(RetryPause))
                {
                    return false;
                }
            }
        }
    }

    private void Rotate(int bytes)
    {
        if (
            current is { } full
            && full.Length > RecordFormat.HeaderSize
            && (Volatile.Read(ref isEnding) || full.Length + bytes > options.SegmentBytes)
        )
        {
            lock (gate)
            {
                isEnding = false;
                full.Dispose();
                ended.Add((full.Segment, full.Length));
                current = null;
                Trim();
            }
        }

        if (current is null)
        {
            var begun = SegmentWriter.Create(folder, Durable);
            lock (gate)
            {
                current = begun;
                writtenBytes += RecordFormat.HeaderSize;
            }
        }
    }

    /// <summary>Leaves a segment that could not be written to; the group goes into a new one.</summary>
    private void Abandon()
    {
        SegmentWriter failed;
        lock (gate)
        {
            if (current is null)
            {
                return;
            }

            failed = current;
            current = null;
            if (failed.Segment.First < Durable)
            {
                ended.Add((failed.Segment, failed.Length));
            }
            else
            {
                writtenBytes -= failed.Length;
            }
        }

        failed.Abandon();
    }

    private void Publish(long to, int bytes)
    {
        lock (gate)
        {
            writtenBytes += bytes;
            groupBytes = 0;
            Volatile.Write(ref durable, to);
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource signalled;
        lock (gate)
        {
            signalled = changed;
            changed = NewSignal();
        }

        signalled.TrySetResult();
    }

    /// <summary>Deletes segments that every reader has passed and that are old enough.</summary>
    private void Trim()
    {
        if (released.Count == 0)
        {
            return;
        }

        var passed = released.Values.Min();
        while (ended is [var (oldest, bytes), ..])
        {
            // The last record stays until the next one is on disk: it says when something was appended last.
            if (ended.Count == 1 && (current is null || current.Segment.First >= durable))
            {
                return;
            }

            var end = ended.Count > 1 ? ended[1].File.First : current?.Segment.First ?? durable;
            if (end > passed || IsYoung(oldest))
            {
                return;
            }

            File.Delete(oldest.Path);
            ended.RemoveAt(0);
            writtenBytes -= bytes;
        }
    }

    // The clock of the files' system may be another one: without a retention it does not matter.
    private bool IsYoung(SegmentFile segment) =>
        options.Retention > TimeSpan.Zero
        && clock.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(segment.Path)) < options.Retention;
}
