using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Loading;

/// <summary>
/// The index of <c>features_daily</c> where a store has one. While an empty table is filled there is none: it is sorted once afterwards, which
/// takes far less than finding the place of every row. One that a killed load left out is made by the next.
/// </summary>
internal sealed class KeyIndex : IAsyncDisposable
{
    private const string Create = "CREATE UNIQUE INDEX IF NOT EXISTS features_daily_key ON features_daily (sku, feature_date)";

    private readonly Store store;
    private readonly DbConnection? connection;

    private KeyIndex(Store store, DbConnection? connection) => (this.store, this.connection) = (store, connection);

    /// <summary>Takes the index away where the table is filled, and sees that there is one where not.</summary>
    public static async Task<KeyIndex> TakeAsync(Store store, DbConnection connection, bool isFilling, CancellationToken cancellationToken)
    {
        if (!store.Traits.UsesIndexes)
        {
            return new KeyIndex(store, null);
        }

        await connection.ExecuteAsync(isFilling ? "DROP INDEX IF EXISTS features_daily_key" : Create, null, cancellationToken);
        return new KeyIndex(store, isFilling ? connection : null);
    }

    /// <summary>Makes the index again, also after a load that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await connection.ExecuteAsync($"{store.Dialect.ReadyForLargeWork}; {Create}", null, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
    }
}
