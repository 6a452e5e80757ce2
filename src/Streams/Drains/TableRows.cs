using Tradepost.Storage.Loading;

namespace Tradepost.Streams.Drains;

/// <summary>Rows of one table that were gathered from a log, with the position of each. Filled again and again.</summary>
/// <param name="table">Whose rows they are.</param>
public sealed class TableRows(LogTable table)
{
    private readonly List<RowBatch> batches = [];
    private readonly List<long> positions = [];

    /// <summary>Whose rows they are.</summary>
    public LogTable Table => table;

    /// <summary>How many there are.</summary>
    public int Count => positions.Count;

    /// <summary>The rows, in the order of the log.</summary>
    public IEnumerable<RowBatch> Batches => batches.TakeWhile(batch => batch.Count > 0);

    /// <summary>Each row with its position in the log.</summary>
    public IEnumerable<(RowBatch Rows, int Row, long Position)> Each
    {
        get
        {
            for (var i = 0; i < positions.Count; i++)
            {
                yield return (batches[i / RowBatch.DefaultCapacity], i % RowBatch.DefaultCapacity, positions[i]);
            }
        }
    }

    /// <summary>The moments of a column of whole numbers.</summary>
    public IEnumerable<long> Moments(int column) => Each.Select(row => row.Rows[column].Values<long>()[row.Row]);

    internal void Add(LogTables tables, ReadOnlySpan<byte> record, long position)
    {
        var filled = positions.Count / RowBatch.DefaultCapacity;
        if (filled == batches.Count)
        {
            batches.Add(new RowBatch(table.Columns));
        }

        tables.Add(batches[filled], record);
        positions.Add(position);
    }

    internal void Clear()
    {
        positions.Clear();
        batches.ForEach(batch => batch.Clear());
    }
}
