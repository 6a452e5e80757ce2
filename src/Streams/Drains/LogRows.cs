namespace Tradepost.Streams.Drains;

/// <summary>Records of a log that follow one another, as rows of their tables.</summary>
/// <param name="tables">What they are rows of.</param>
public sealed class LogRows(LogTables tables)
{
    /// <summary>The rows of each table, in the tables' order.</summary>
    public IReadOnlyList<TableRows> Tables { get; } = [.. tables.Tables.Select(table => new TableRows(table))];

    /// <summary>How many records there are, with those that could not be read.</summary>
    public int Count { get; private set; }

    /// <summary>The position of the first record.</summary>
    public long First { get; private set; }

    /// <summary>Adds the record at a position.</summary>
    /// <exception cref="FormatException">It cannot be read: it counts, and is no row.</exception>
    public void Add(ReadOnlySpan<byte> record, long position)
    {
        First = Count++ == 0 ? position : First;
        Tables[tables.TableOf(record)].Add(tables, record, position);
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        Count = 0;
        foreach (var table in Tables)
        {
            table.Clear();
        }
    }
}
