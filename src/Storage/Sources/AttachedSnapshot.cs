using Tradepost.Storage.Dialects;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// A DuckDB file attached to the embedded store, read-only: DuckDB copies its rows itself. Nobody else can write to the file
/// meanwhile, so what is read does not change.
/// </summary>
internal sealed class AttachedSnapshot(DuckDbSource source, EmbeddedConnection connection, string store, string alias)
    : SourceSnapshot,
        IDirectCopy
{
    // A name is used once only. A transaction that runs on past a load, as a backup's does, may have seen what was attached by a name;
    // when it sees another database by the same one, DuckDB takes the whole store for damaged.
    private static int attached;

    public static async Task<AttachedSnapshot> OpenAsync(
        EmbeddedConnection connection,
        DuckDbSource source,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        source.EnsureExists();
        var store = connection.Database;
        var alias = $"source_{source.Name}_{Interlocked.Increment(ref attached)}";
        try
        {
            await connection.ExecuteAsync(
                $"ATTACH {Sql.Literal(source.Path)} AS {Sql.Name(alias)} (READ_ONLY); USE {Sql.Name(alias)}",
                null,
                cancellationToken
            );
        }
        catch (EmbeddedException failure)
        {
            await connection.DisposeAsync();
            throw new SourceUnavailableException(source.Name, source.Description, failure.Message.Trim(), failure);
        }

        return new AttachedSnapshot(source, connection, store, alias) { Clock = clock.UtcMoment() };
    }

    public override Task<IReadOnlyList<SourceColumn>> ColumnsOfAsync(string query, CancellationToken cancellationToken) =>
        DuckDbQueries.ColumnsOfAsync(source, connection, query, cancellationToken);

    public override Task<SourceReader> ReadAsync(string query, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
        DuckDbQueries.ReadAsync(source, connection, query, columns, cancellationToken);

    public async Task<long> CopyAsync(string query, string table, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"INSERT INTO {NameOf(table)} ({Sql.Names(columns.Select(c => c.Name))}) {DuckDbQueries.Cast(query, columns)}",
            null,
            cancellationToken
        );

    public string NameOf(string table) => $"{Sql.Name(store)}.main.{Sql.Name(table)}";

    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken) => connection.ExecuteAsync(sql, null, cancellationToken);

    public async Task InTransactionAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await action();
        await transaction.CommitAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await connection.ExecuteAsync($"USE {Sql.Name(store)}; DETACH {Sql.Name(alias)}", null, CancellationToken.None);
        await connection.DisposeAsync();
    }
}
