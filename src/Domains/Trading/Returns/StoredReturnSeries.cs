using Tradepost.Storage;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Intervals;

namespace Tradepost.Trading.Returns;

/// <summary>The rows of a store's table of features.</summary>
/// <param name="store">The store.</param>
internal sealed class StoredReturnSeries(Store store) : IReturnSeries
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SymbolsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await StoredFeatures.SymbolsAsync(connection, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<FeatureSeries> ReadAsync(string symbol, DateTime? until, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await StoredFeatures.ReadAsync(connection, symbol, until, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, NewestHours>> NewestAsync(
        IReadOnlyCollection<string> symbols,
        DateTime? until,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await new NewestRows(connection, RealisedVolatility.LookBack).ReadAsync(symbols, until, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<FeatureSeries> HoursAsync(string symbol, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return (await StoredFeatures.RowsAsync(connection, [symbol], from, to, [], cancellationToken)).GetValueOrDefault(symbol)
            ?? new FeatureSeries(symbol, [], [], [], [], []);
    }
}
