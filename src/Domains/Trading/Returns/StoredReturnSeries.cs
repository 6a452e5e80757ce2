using Tradepost.Storage;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns;

/// <summary>The rows of a store's table of features.</summary>
/// <param name="store">The store.</param>
internal sealed class StoredReturnSeries(Store store) : IReturnSeries
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SymbolsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await FeatureRows.SymbolsAsync(connection, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<FeatureSeries> ReadAsync(string symbol, DateTime? until, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await FeatureRows.ReadAsync(connection, symbol, until, cancellationToken);
    }
}
