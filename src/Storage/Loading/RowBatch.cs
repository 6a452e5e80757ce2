using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Up to <see cref="Capacity"/> rows, column by column: what sources produce and bulk writers consume.
/// A producer fills the columns and then sets <see cref="Count"/>. Not thread safe; one owner at a time.
/// </summary>
public sealed class RowBatch
{
    /// <summary>DuckDB's vector size: one batch is one data chunk.</summary>
    public const int DefaultCapacity = 2048;

    private readonly ColumnBuffer[] columns;

    public RowBatch(IReadOnlyList<Column> columns, int capacity = DefaultCapacity)
    {
        Capacity = capacity;
        this.columns = [.. columns.Select(column => ColumnBuffer.Create(column, capacity))];
    }

    private RowBatch(ColumnBuffer[] columns, int capacity, int count)
    {
        this.columns = columns;
        Capacity = capacity;
        Count = count;
    }

    public int Capacity { get; }

    public int Count { get; set; }

    /// <summary>Values that could not be represented: the rows are in the batch, those values are null.</summary>
    public IList<RowProblem> Problems { get; } = [];

    public bool IsFull => Count == Capacity;

    public IReadOnlyList<ColumnBuffer> Columns => columns;

    public ColumnBuffer this[int column] => columns[column];

    /// <summary>The same rows with the first columns only; the buffers are shared.</summary>
    public RowBatch First(int count) => count == columns.Length ? this : new(columns[..count], Capacity, Count);

    /// <summary>The same rows with one more column; the buffers are shared.</summary>
    internal RowBatch With(ColumnBuffer column) => new([.. columns, column], Capacity, Count);

    public void Clear()
    {
        Count = 0;
        Problems.Clear();
        foreach (var column in columns)
        {
            column.Clear();
        }
    }
}
