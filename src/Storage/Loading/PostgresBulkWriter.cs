using System.Data;
using Npgsql;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Binary COPY, encoded straight from the batches' columns: nothing is allocated per row.</summary>
internal sealed class PostgresBulkWriter : BulkWriter
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlRawCopyStream stream;
    private readonly CopyEncoder encoder;
    private bool isOver;
    private bool isBroken;

    private PostgresBulkWriter(NpgsqlConnection connection, NpgsqlRawCopyStream stream, CopyEncoder encoder)
    {
        this.connection = connection;
        this.stream = stream;
        this.encoder = encoder;
    }

    public static async Task<PostgresBulkWriter> BeginAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    )
    {
        var sql = $"COPY {Sql.Name(table)} ({Sql.Names(columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)";
        var copy = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        return new PostgresBulkWriter(connection, copy, new CopyEncoder());
    }

    public override async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        isBroken = true; // until the batch is through: half a row may have been sent
        var row = 0;
        while (row < batch.Count)
        {
            row = encoder.Encode(batch, row, Rows + 1);
            await stream.WriteAsync(encoder.Encoded, cancellationToken);
            encoder.Clear();
        }

        Rows += batch.Count;
        isBroken = false;
    }

    public override async ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        if (isBroken)
        {
            throw new InvalidOperationException("This bulk write has failed and cannot be completed; dispose it and start another.");
        }

        encoder.EncodeEnd();
        await stream.WriteAsync(encoder.Encoded, cancellationToken);
        isOver = true;
        await stream.DisposeAsync();
        StorageMetrics.OnBulkWritten("postgres", Rows);
        return Rows;
    }

    public override async ValueTask DisposeAsync()
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        if (connection.FullState.HasFlag(ConnectionState.Broken) || connection.FullState == ConnectionState.Closed)
        {
            return; // the server has dropped the write with the connection
        }

        // Disposing the stream would finish the write; cancelling it makes the server forget the rows.
        try
        {
            await stream.CancelAsync();
        }
        catch (PostgresException)
        {
            // The server had already refused a row, which is as good: whoever disposes without completing wants none of them.
        }

        await stream.DisposeAsync();
    }
}
