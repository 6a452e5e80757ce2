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

    /// <summary>The newest hours of symbols, each up to its last whole one; symbols without any are left out.</summary>
    /// <param name="symbols">As in the table.</param>
    /// <param name="until">Only rows that were known then (UTC); null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyDictionary<string, NewestHours>> NewestAsync(
        IReadOnlyCollection<string> symbols,
        DateTime? until,
        CancellationToken cancellationToken
    );

    /// <summary>The hours of a symbol between two moments (UTC), both among them, without features.</summary>
    /// <param name="symbol">As in the table.</param>
    /// <param name="from">The first row's end.</param>
    /// <param name="to">The last row's end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<FeatureSeries> HoursAsync(string symbol, DateTime from, DateTime to, CancellationToken cancellationToken);
}
