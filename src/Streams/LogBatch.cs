namespace Tradepost.Streams;

/// <summary>Records as a reader gives them, one behind the other; filled again and again, so that reading allocates once.</summary>
public sealed class LogBatch
{
    private readonly List<(int Start, int Length)> records = [];
    private byte[] content = [];
    private int used;

    /// <summary>How many records there are.</summary>
    public int Count => records.Count;

    /// <summary>The position of the first record.</summary>
    public long First { get; private set; }

    /// <summary>The position to go on reading from.</summary>
    public long Next => First + Count;

    /// <summary>The content of a record, valid until the batch is filled again.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var (start, length) = records[index];
            return content.AsSpan(start, length);
        }
    }

    internal int Bytes => used;

    internal void Begin(long first)
    {
        (First, used) = (first, 0);
        records.Clear();
    }

    internal void Add(ReadOnlySpan<byte> record)
    {
        if (content.Length - used < record.Length)
        {
            Array.Resize(ref content, Math.Max(used + record.Length, Math.Max(64 << 10, content.Length * 2)));
        }

        record.CopyTo(content.AsSpan(used));
        records.Add((used, record.Length));
        used += record.Length;
    }
}
