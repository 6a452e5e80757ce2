using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns;

/// <summary>Where the hourly rows come from that returns are forecast from.</summary>
public interface IReturnSeries
{
    /// <summary>The symbols that there are rows of, in order.</summary>
    Task<IReadOnlyList<string>> SymbolsAsync(CancellationToken cancellationToken);

    /// <summary>The rows of a symbol; none where it has none.</summary>
    /// <param name="symbol">As in the table.</param>
    /// <param name="until">Only rows that were known then (UTC); null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<FeatureSeries> ReadAsync(string symbol, DateTime? until, CancellationToken cancellationToken);
}
