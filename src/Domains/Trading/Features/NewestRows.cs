using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Trading.Features;

/// <summary>Reads the newest hours of symbols: of all together that end with the same hour, so that many take hardly longer than one.</summary>
/// <param name="connection">Of the store.</param>
/// <param name="lookBack">How many hours before the last day are read, without features.</param>
internal sealed class NewestRows(DbConnection connection, int lookBack)
{
    /// <summary>Each up to its last whole hour; symbols without any are left out.</summary>
    /// <param name="symbols">As in the table.</param>
    /// <param name="until">Only rows that were known then (UTC); null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, NewestHours>> ReadAsync(
        IReadOnlyCollection<string> symbols,
        DateTime? until,
        CancellationToken cancellationToken
    )
    {
        var newest = new Dictionary<string, NewestHours>();
        if (symbols.Count == 0)
        {
            return newest;
        }

        foreach (var end in (await EndsAsync(symbols, until, cancellationToken)).GroupBy(one => one.Last, one => one.Symbol))
        {
            await AddAsync(newest, [.. end], end.Key, cancellationToken);
        }

        return newest;
    }

    private async Task AddAsync(
        Dictionary<string, NewestHours> newest,
        string[] symbols,
        DateTime last,
        CancellationToken cancellationToken
    )
    {
        var (day, week) = (last.AddHours(1 - NewestHours.DayHours), last.AddHours(1 - NewestHours.WeekHours));
        var rows = await StoredFeatures.RowsAsync(connection, symbols, day, last, FeatureList.All, cancellationToken);
        var hours = await StoredFeatures.RowsAsync(connection, symbols, day.AddHours(-lookBack), last, [], cancellationToken);
        var means = await StoredFeatures.MeansAsync(connection, symbols, week, last, cancellationToken);
        foreach (var symbol in symbols)
        {
            newest[symbol] = new NewestHours(rows[symbol], hours[symbol], means[symbol]);
        }
    }

    /// <summary>The last whole hour of each symbol. Each is looked up in the index where there is one.</summary>
    private async Task<IReadOnlyList<(string Symbol, DateTime Last)>> EndsAsync(
        IReadOnlyCollection<string> symbols,
        DateTime? until,
        CancellationToken cancellationToken
    )
    {
        var asked = new ParameterList("symbol", symbols);
        return await connection.ReadAsync(
            $"""
            SELECT symbol, latest FROM (
              SELECT s.symbol, (
                SELECT max(t.feature_time) FROM {FeatureRows.Name} t
                WHERE t.symbol = s.symbol AND t.is_whole{(until is null ? "" : " AND t.feature_time <= @until")}) AS latest
              FROM feature_series s WHERE s.symbol IN ({asked.Names})
            ) ends
            WHERE latest IS NOT NULL ORDER BY latest, symbol
            """,
            until is null ? asked.With() : asked.With(KeyValuePair.Create(nameof(until), (object?)until)),
            row => (row.GetString(0), row.GetDateTime(1)),
            cancellationToken
        );
    }
}
