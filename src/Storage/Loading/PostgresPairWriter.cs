using Npgsql;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Binary COPY over two connections, so that two of the server's processes take rows in: whichever is free gets the next batch. The second one's rows
/// are in a transaction of its own until <see cref="SettleAsync"/>.
/// </summary>
internal sealed class PostgresPairWriter : WideWriter
{
    private readonly NpgsqlConnection? second;
    private readonly List<Lane> lanes = [];
    private NpgsqlTransaction? transaction;

    private PostgresPairWriter(NpgsqlConnection? second) => this.second = second;

    /// <summary>Begins both.</summary>
    /// <param name="connection">The first one.</param>
    /// <param name="second">The second one, which is disposed with this; null where there is one only.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns that are written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PostgresPairWriter> BeginAsync(
        NpgsqlConnection connection,
        NpgsqlConnection? second,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    )
    {
        var writer = new PostgresPairWriter(second);
        try
        {
            if (second is not null)
            {
                writer.transaction = await second.BeginTransactionAsync(cancellationToken);
                writer.lanes.Add(new Lane(await PostgresBulkWriter.BeginAsync(second, table, columns, cancellationToken)));
            }

            writer.lanes.Add(new Lane(await PostgresBulkWriter.BeginAsync(connection, table, columns, cancellationToken)));
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        var free = lanes.Find(lane => lane.Sending.IsCompleted);
        if (free is null)
        {
            await Task.WhenAny(lanes.Select(lane => lane.Sending));
            free = lanes.Find(lane => lane.Sending.IsCompleted)!; // one of them has ended
        }

        await free.Sending;
        free.Sending = free.Writer.SendAsync(batch, cancellationToken);
        Rows += batch.Count;
    }

    public override async ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in lanes)
        {
            await lane.Sending;
        }

        await Task.WhenAll(lanes.Select(lane => lane.Writer.CompleteAsync(cancellationToken).AsTask()));
        return Rows;
    }

    public override Task SettleAsync(CancellationToken cancellationToken) =>
        transaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
        {
            // What is under way must end before its connection is used again; whoever wrote it was told, or gave it up.
            await lane.Sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await lane.Writer.DisposeAsync();
        }

        lanes.Clear();
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        if (second is not null)
        {
            await second.DisposeAsync();
        }
    }

    private sealed class Lane(PostgresBulkWriter writer)
    {
        public PostgresBulkWriter Writer => writer;

        /// <summary>The batch that is on its way.</summary>
        public Task Sending { get; set; } = Task.CompletedTask;
    }
}
