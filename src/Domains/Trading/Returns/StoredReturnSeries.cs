using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns;

/// <summary>The rows of a store's table of features.</summary>
/// <param name="store">The store.</param>
/// <param name="symbols">Reads the symbols that there are rows of, in order.</param>
/// <param name="read">Reads the rows of a symbol up to a moment; without any when there are none.</param>
internal sealed class StoredReturnSeries(
    Store store,
    Func<DbConnection, CancellationToken, Task<IReadOnlyList<string>>> symbols,
    Func<DbConnection, string, DateTime?, CancellationToken, Task<FeatureSeries>> read
) : IReturnSeries
{
    /// <summary>Of a store.</summary>
    public static StoredReturnSeries Of(Store store) =>
        new(
            store,
            (_, _) => Task.FromResult<IReadOnlyList<string>>([]),
            (_, symbol, _, _) => Task.FromResult(new FeatureSeries(symbol, [], [], [], [], []))
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SymbolsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await symbols(connection, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<FeatureSeries> ReadAsync(string symbol, DateTime? until, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await read(connection, symbol, until, cancellationToken);
    }
}
