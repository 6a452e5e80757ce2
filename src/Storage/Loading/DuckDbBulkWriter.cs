using System.Runtime.CompilerServices;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Writes batches through DuckDB's appender, column by column: in the connection's transaction, or one of its own.</summary>
internal sealed class DuckDbBulkWriter : BulkWriter
{
    private readonly IReadOnlyList<Column> columns;
    private readonly EmbeddedTransaction? transaction;
    private readonly ChunkAppender appender;

    public DuckDbBulkWriter(EmbeddedConnection connection, string table, IReadOnlyList<Column> columns)
    {
        this.columns = columns;
        transaction = connection.Transaction is null ? connection.BeginTransaction() : null;
        appender = new ChunkAppender(connection, table, [.. columns.Select(c => c.Name)]);
    }

    public override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var i = 0; i < columns.Count; i++)
        {
            Write(i, batch[i], batch.Count);
        }

        appender.Append(batch.Count);
        Rows += batch.Count;
        return ValueTask.CompletedTask;
    }

    public override ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        appender.Complete();
        transaction?.Commit();
        StorageMetrics.OnBulkWritten("duckdb", Rows);
        return ValueTask.FromResult(Rows);
    }

    public override async ValueTask DisposeAsync()
    {
        appender.Dispose();
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
    }

    private void Write(int column, ColumnBuffer buffer, int rows)
    {
        switch (buffer.Column.Type)
        {
            case ColumnType.Boolean:
                buffer.Values<bool>()[..rows].CopyTo(appender.Column<bool>(column));
                break;
            case ColumnType.Integer or ColumnType.Date:
                buffer.Values<int>()[..rows].CopyTo(appender.Column<int>(column));
                break;
            case ColumnType.BigInt or ColumnType.Timestamp:
                buffer.Values<long>()[..rows].CopyTo(appender.Column<long>(column));
                break;
            case ColumnType.Decimal when buffer.Column.IsWide:
                // A HUGEINT lies in memory as an Int128 does.
                buffer.Values<Int128>()[..rows].CopyTo(appender.Column<Int128>(column));
                break;
            case ColumnType.Decimal:
                WriteDecimals(column, buffer.Values<long>()[..rows], buffer.Column.Precision);
                break;
            case ColumnType.Double:
                buffer.Values<double>()[..rows].CopyTo(appender.Column<double>(column));
                break;
            case ColumnType.Uuid:
                WriteUuids(column, buffer.Values<Guid>()[..rows]);
                break;
            case ColumnType.Text or ColumnType.Json or ColumnType.Binary:
                WriteTexts(column, buffer.AsText(), rows);
                break;
            default:
                throw new SwitchExpressionException(buffer.Column.Type);
        }

        if (buffer.HasNulls)
        {
            appender.SetNulls(column, buffer.Nulls[..rows]);
        }
    }

    private void WriteDecimals(int column, ReadOnlySpan<long> values, int precision)
    {
        if (precision > 9)
        {
            values.CopyTo(appender.Column<long>(column));
        }
        else if (precision > 4)
        {
            var target = appender.Column<int>(column);
            for (var row = 0; row < values.Length; row++)
            {
                target[row] = (int)values[row];
            }
        }
        else
        {
            var target = appender.Column<short>(column);
            for (var row = 0; row < values.Length; row++)
            {
                target[row] = (short)values[row];
            }
        }
    }

    /// <summary>DuckDB keeps a UUID as a 128-bit number with the highest bit flipped, so that numbers sort as texts do.</summary>
    private void WriteUuids(int column, ReadOnlySpan<Guid> values)
    {
        var target = appender.Column<Int128>(column);
        Span<byte> bytes = stackalloc byte[16];
        for (var row = 0; row < values.Length; row++)
        {
            values[row].TryWriteBytes(bytes, bigEndian: true, out _);
            target[row] = (Int128)(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) ^ (UInt128.One << 127));
        }
    }

    private void WriteTexts(int column, TextBuffer texts, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!texts.IsNull(row))
            {
                appender.SetText(column, row, texts[row]);
            }
        }
    }
}
