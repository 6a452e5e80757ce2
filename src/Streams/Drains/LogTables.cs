using Tradepost.Storage.Loading;

namespace Tradepost.Streams.Drains;

/// <summary>The tables of a log, and how its records become their rows. One for each drain: it may remember what it has read.</summary>
public abstract class LogTables
{
    /// <summary>What they are together, in a word for telemetry.</summary>
    public abstract string Name { get; }

    /// <summary>The tables, in the order in which a batch is written.</summary>
    public abstract IReadOnlyList<LogTable> Tables { get; }

    /// <summary>The index of the table that a record is a row of.</summary>
    /// <exception cref="FormatException">It is none of any.</exception>
    public abstract int TableOf(ReadOnlySpan<byte> record);

    /// <summary>Adds a record to a batch of its table that is not full.</summary>
    /// <exception cref="FormatException">It cannot be read; the batch is as it was.</exception>
    public abstract void Add(RowBatch rows, ReadOnlySpan<byte> record);
}
