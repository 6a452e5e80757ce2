using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

internal sealed class DuckDbShopWriter(DuckDbStore store, DbConnection connection) : ShopWriter
{
    public override Task<BulkWriter> BeginAsync(Table table, CancellationToken cancellationToken) =>
        store.BeginBulkWriteAsync(connection, table.Name, table.Columns, cancellationToken);

    // The checkpoint leaves all in the one file that is moved into place.
    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(ShopMarker.Complete, parameters: null, cancellationToken);
        await connection.ExecuteAsync("CHECKPOINT", parameters: null, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await store.DisposeAsync();
    }
}
