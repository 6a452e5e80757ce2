using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;

namespace Tradepost.Streams.Drains;

/// <summary>
/// A store: rows and the position behind them are committed together, so that nothing is written twice and nothing is left out.
/// </summary>
/// <param name="folder">The log's folder, by which logs were noted before they had identities.</param>
/// <param name="isAway">Whether a failure is the store's.</param>
public sealed class StoreSink(Store store, DurableLog log, string folder, Func<Exception, bool> isAway, TimeProvider clock) : LogSink(log)
{
    private readonly string identity = log.Identity.ToString();
    private DbConnection? connection;

    /// <summary>The table of positions (log, folder, position, written_at), which the migrations make.</summary>
    public required string Positions { get; init; }

    /// <summary>What the store's tables are made by, once it can be reached.</summary>
    public IReadOnlyList<MigrationSet> Migrations { get; init; } = [];

    /// <summary>Called before rows are written, outside of their transaction, and with none when the store is opened.</summary>
    public Func<DbConnection, LogRows?, CancellationToken, Task> Prepare { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <inheritdoc/>
    public override string Name => "store";

    /// <inheritdoc/>
    public override int Many => 2_000;

    /// <inheritdoc/>
    public override string Back => $"{store.Description} takes rows again.";

    /// <inheritdoc/>
    public override bool IsAway(Exception failure) => isAway(failure);

    /// <inheritdoc/>
    public override string Problem(Exception failure) =>
        failure.GetBaseException() is var cause && cause != failure && !failure.Message.Contains(cause.Message, StringComparison.Ordinal)
            ? $"{failure.Message}: {cause.Message}"
            : failure.Message;

    /// <inheritdoc/>
    public override string Away(string problem) => $"{store.Description} takes no rows ({problem}); they stay in the log until it does.";

    /// <inheritdoc/>
    public override async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await new Migrator(store, Migrations, clock).MigrateAsync(cancellationToken);
        connection = await store.OpenSessionAsync(cancellationToken);
        var position = await PositionAsync(connection, identity, cancellationToken)
            ?? await PositionAsync(connection, folder, cancellationToken);
        await Prepare(connection, null, cancellationToken);

        // A log whose store was restored from an old backup has released what is missing there.
        return position is { } known && known >= Log.First && known <= Log.Next ? known : Log.First;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(LogRows rows, long next, CancellationToken cancellationToken)
    {
        var session = connection ?? throw new InvalidOperationException("The sink is not open.");
        await Prepare(session, rows, cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        foreach (var table in rows.Tables)
        {
            if (table.Count > 0)
            {
                await WriteAsync(session, table, cancellationToken);
            }
        }

        await session.ExecuteAsync(
            $"DELETE FROM {Positions} WHERE log IN (@log, @folder); INSERT INTO {Positions} (log, folder, position, written_at) VALUES "
                + "(@log, @folder, @position, @now)",
            new
            {
                log = identity,
                folder,
                position = next,
                now = clock.UtcMoment(),
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync()
    {
        if (connection is { } open)
        {
            connection = null;
            await open.DisposeAsync();
        }
    }

    private Task<long?> PositionAsync(DbConnection connection, string log, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long?>($"SELECT position FROM {Positions} WHERE log = @log", new { log }, cancellationToken);

    private async Task WriteAsync(DbConnection session, TableRows rows, CancellationToken cancellationToken)
    {
        await using var writer = await store.BeginBulkWriteAsync(session, rows.Table.Name, [.. rows.Table.Stored], cancellationToken);
        foreach (var batch in rows.Batches)
        {
            await writer.WriteAsync(batch.First(rows.Table.StoredColumns), cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
