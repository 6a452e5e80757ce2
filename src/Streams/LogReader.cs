using Microsoft.Win32.SafeHandles;
using Tradepost.Streams.Segments;

namespace Tradepost.Streams;

/// <summary>Reads a log from a position on, and waits for more at its end. For one caller at a time.</summary>
public sealed class LogReader : IDisposable
{
    private const int BlockSize = 4 << 20;

    private readonly DurableLog log;
    private readonly string name;
    private readonly List<LogDamage> damage = [];
    private byte[] block = new byte[BlockSize];
    private SafeFileHandle? file;
    private SegmentFile? segment;
    private long? segmentEnd;
    private long offset;

    internal LogReader(DurableLog log, string name, long position) => (this.log, this.name, Position) = (log, name, position);

    /// <summary>The position of the next record.</summary>
    public long Position { get; private set; }

    /// <summary>What could not be read so far.</summary>
    public IReadOnlyList<LogDamage> Damage => damage;

    /// <summary>Fills a batch with what is on disk, at most about four megabytes, and waits for a first record if there is none.</summary>
    /// <returns>False when the log was closed and everything is read.</returns>
    /// <exception cref="IOException">The segment that is being written is damaged.</exception>
    public async ValueTask<bool> ReadAsync(LogBatch batch, CancellationToken cancellationToken)
    {
        do
        {
            if (!await log.WaitForAsync(Position, cancellationToken))
            {
                return false;
            }

            Fill(batch, log.Durable);
        } while (batch.Count == 0);
        return true;
    }

    /// <summary>Says that everything before a position is done with: it may be deleted.</summary>
    public void Release(long position) => log.Release(name, position);

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Fill(LogBatch batch, long durable)
    {
        batch.Begin(Position);
        Open();
        var filled = RandomAccess.Read(file!, block, offset);
        var used = 0;
        while (Position < durable && Position != segmentEnd)
        {
            var length = RecordFormat.Read(block.AsSpan(used, filled - used), Position, out var isCut);
            if (length < 0)
            {
                if (batch.Count == 0)
                {
                    Stop(isCut, filled);
                }

                break;
            }

            batch.Add(block.AsSpan(used + RecordFormat.Overhead, length));
            used += RecordFormat.SizeOf(length);
            Position++;
        }

        offset += used;
    }

    /// <summary>Nothing whole lies here: the block was too short for the record, or the file is damaged.</summary>
    private void Stop(bool isCut, int filled)
    {
        if (isCut && filled == block.Length)
        {
            Array.Resize(ref block, block.Length * 2);
        }
        else
        {
            PassDamage();
        }
    }

    private void PassDamage()
    {
        segmentEnd ??= log.EndOf(segment!);
        if (segmentEnd is not { } behind)
        {
            throw new IOException($"{segment!.Path} is damaged at byte {offset}, and there is no segment behind it to go on with.");
        }

        if (behind > Position)
        {
            damage.Add(new LogDamage(segment!.Path, offset, Position, behind));
        }

        Position = behind;
    }

    private void Open()
    {
        if (segment is not null)
        {
            segmentEnd ??= log.EndOf(segment);
            if (Position != segmentEnd)
            {
                return;
            }
        }

        file?.Dispose();
        (segment, segmentEnd) = log.Find(Position);
        file = File.OpenHandle(segment.Path, share: FileShare.ReadWrite | FileShare.Delete);
        offset = RecordFormat.HeaderSize;
        Skip(segment.First);
    }

    /// <summary>Goes from the beginning of a segment to the position.</summary>
    private void Skip(long from)
    {
        while (from < Position)
        {
            var filled = RandomAccess.Read(file!, block, offset);
            var used = 0;
            while (from < Position)
            {
                var length = RecordFormat.Read(block.AsSpan(used, filled - used), from, out var isCut);
                if (length >= 0)
                {
                    used += RecordFormat.SizeOf(length);
                    from++;
                    continue;
                }

                if (used == 0 && !(isCut && filled == block.Length))
                {
                    PassDamage();
                    return;
                }

                if (used == 0)
                {
                    Array.Resize(ref block, block.Length * 2);
                }

                break;
            }

            offset += used;
        }
    }
}
