using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

/// <summary>One of the four databases while it is filled.</summary>
internal abstract class ShopWriter : IAsyncDisposable
{
    public abstract Task<BulkWriter> BeginAsync(Table table, CancellationToken cancellationToken);

    /// <summary>Adds indexes and keys, and marks the database as complete.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
