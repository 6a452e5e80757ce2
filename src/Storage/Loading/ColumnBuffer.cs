using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>The values of one column in a batch, and which of them are null.</summary>
public abstract class ColumnBuffer(Column column, int capacity)
{
    private readonly bool[] isNull = new bool[capacity];

    public Column Column { get; } = column;

    public bool HasNulls { get; private set; }

    /// <summary>Which rows are null.</summary>
    internal ReadOnlySpan<bool> Nulls => isNull;

    public bool IsNull(int row) => isNull[row];

    public virtual void SetNull(int row)
    {
        isNull[row] = true;
        HasNulls = true;
    }

    /// <summary>Takes back that a row has no value.</summary>
    internal void Unset(int row) => isNull[row] = false;

    /// <summary>Forgets all values, so that the buffer can be filled again.</summary>
    public virtual void Clear()
    {
        if (HasNulls)
        {
            Array.Clear(isNull);
            HasNulls = false;
        }
    }

    /// <summary>The buffer as one of fixed-width values; throws when the column's type is kept as another.</summary>
    public Span<T> Values<T>()
        where T : unmanaged => this is ValueBuffer<T> buffer ? buffer.Values : throw Mismatch(typeof(T).Name);

    /// <summary>The buffer as one of text or bytes; throws for columns of fixed width.</summary>
    public TextBuffer AsText() => this as TextBuffer ?? throw Mismatch("text");

    internal static ColumnBuffer Create(Column column, int capacity) =>
        column.Type switch
        {
            ColumnType.Boolean => new ValueBuffer<bool>(column, capacity),
            ColumnType.Integer or ColumnType.Date => new ValueBuffer<int>(column, capacity),
            ColumnType.Decimal when column.IsWide => new ValueBuffer<Int128>(column, capacity),
            ColumnType.BigInt or ColumnType.Decimal or ColumnType.Timestamp => new ValueBuffer<long>(column, capacity),
            ColumnType.Double => new ValueBuffer<double>(column, capacity),
            ColumnType.Uuid => new ValueBuffer<Guid>(column, capacity),
            ColumnType.Text or ColumnType.Json or ColumnType.Binary => new TextBuffer(column, capacity),
            _ => throw new SwitchExpressionException(column.Type),
        };

    private InvalidOperationException Mismatch(string asked) =>
        new($"Column {Column.Name} is {Column.Type}; its values cannot be read or written as {asked}.");
}
