using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Streams.Drains;

/// <summary>Rows of a log as ClickHouse takes them, gathered for an insert.</summary>
/// <param name="log">The identity of the log that they are from.</param>
public sealed class ClickHouseRows(Guid log)
{
    private const int MostBytes = 32 << 20;

    // A later server refuses an insert into more than a hundred partitions.
    private const int MostDays = 50;

    private readonly RowBinaryBuffer rows = new();
    private readonly HashSet<long> days = [];

    /// <summary>What was gathered, valid until more is.</summary>
    public ReadOnlyMemory<byte> Rows => rows.Rows;

    /// <summary>Whether no more should go into the same insert.</summary>
    public bool IsFull => days.Count >= MostDays || rows.Length >= MostBytes;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        rows.Clear();
        days.Clear();
    }

    /// <summary>Adds a row.</summary>
    /// <param name="position">Where it is in the log.</param>
    public void Add(LogTable table, RowBatch batch, int row, long position)
    {
        for (var i = 0; i < table.StoredColumns; i++)
        {
            Add(batch[i], row, table.NullableColumns.Contains(i));
        }

        var time = batch[table.TimeColumn].Values<long>()[row];
        rows.AddTime(time);
        rows.Add(log);
        rows.Add(position);
        days.Add(time / Moment.Day);
    }

    private void Add(ColumnBuffer column, int row, bool isNullable)
    {
        switch (column.Column.Type)
        {
            case ColumnType.Text:
                rows.Add(column.AsText()[row]);
                break;
            case ColumnType.BigInt:
                rows.Add(column.Values<long>()[row]);
                break;
            case ColumnType.Decimal when isNullable:
                rows.Add(column.IsNull(row) ? (Int128?)null : RowText.Units(column, row));
                break;
            case ColumnType.Decimal when column.Column.IsWide:
                rows.Add(column.Values<Int128>()[row]);
                break;
            case ColumnType.Decimal:
                rows.Add(column.Values<long>()[row]);
                break;
            default:
                throw RowText.NotKept(column);
        }
    }
}
