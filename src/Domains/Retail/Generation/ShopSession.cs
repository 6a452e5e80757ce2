using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>One database of the shop in one transaction.</summary>
internal sealed class ShopSession(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    public static async Task<ShopSession> OpenAsync(
        Func<string, CancellationToken, Task<DbConnection>> open,
        string database,
        CancellationToken cancellationToken
    )
    {
        var connection = await open(database, cancellationToken);
        return new ShopSession(connection, await connection.BeginTransactionAsync(cancellationToken));
    }

    /// <summary>The latest change in a table that knows its own, or null when it is empty.</summary>
    public async Task<long?> LatestChangeAsync(SourceTable table, CancellationToken cancellationToken) =>
        (
            await SelectAsync(
                $"SELECT MAX({table.UpdatedAt}) FROM {table.Name}",
                r => r.IsDBNull(0) ? (long?)null : Moment.Of(r.GetDateTime(0)),
                cancellationToken
            )
        )[0];

    public async Task<long> NumberAsync(string query, CancellationToken cancellationToken) =>
        (await SelectAsync(query, r => r.GetInt64(0), cancellationToken))[0];

    public Task<List<T>> SelectAsync<T>(string query, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        SqlBatch.SelectAsync(connection, transaction, query, read, cancellationToken);

    public Task<List<T>> SelectAsync<T>(
        string query,
        IEnumerable<long> ids,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    ) => SqlBatch.SelectAsync(connection, transaction, query, ids, read, cancellationToken);

    public Task InsertAsync(string table, string columns, IEnumerable<string> rows, CancellationToken cancellationToken) =>
        SqlBatch.InsertAsync(connection, transaction, table, columns, rows, cancellationToken);

    public Task UpdateAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<(long Id, IReadOnlyList<string> Values)> rows,
        CancellationToken cancellationToken
    ) => SqlBatch.UpdateAsync(connection, transaction, table, columns, rows, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
