using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Trading.Features;

/// <summary>Reads the newest hours of symbols: together of all that end at about the same time, so that many take hardly longer than one.</summary>
/// <param name="connection">Of the store.</param>
/// <param name="lookBack">How many hours before the last week are read, without features.</param>
internal sealed class NewestRows(DbConnection connection, int lookBack)
{
    /// <summary>Symbols whose last hours are further apart are read apart.</summary>
    private static readonly TimeSpan MostApart = TimeSpan.FromHours(NewestHours.WeekHours);

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

        var ends = await EndsAsync(symbols, until, cancellationToken);
        for (var first = 0; first < ends.Count; )
        {
            var end = first + 1;
            while (end < ends.Count && ends[end].Last - ends[first].Last <= MostApart)
            {
                end++;
            }

            await AddAsync(newest, ends.Skip(first).Take(end - first).ToDictionary(), cancellationToken);
            first = end;
        }

        return newest;
    }

    private async Task AddAsync(
        Dictionary<string, NewestHours> newest,
        Dictionary<string, DateTime> ends,
        CancellationToken cancellationToken
    )
    {
        var (first, last) = (ends.Values.Min().AddHours(1 - NewestHours.WeekHours), ends.Values.Max());
        var weeks = await StoredFeatures.RowsAsync(connection, ends.Keys, first, last, FeatureList.All, cancellationToken);
        var hours = await StoredFeatures.RowsAsync(connection, ends.Keys, first.AddHours(-lookBack), last, [], cancellationToken);
        foreach (var (symbol, end) in ends)
        {
            newest[symbol] = new NewestHours(
                UpTo(weeks[symbol], end).Last(NewestHours.WeekHours),
                UpTo(hours[symbol], end).Last(NewestHours.WeekHours + lookBack)
            );
        }
    }

    /// <summary>Rows are hourly without gaps, so a time is a place.</summary>
    private static FeatureSeries UpTo(FeatureSeries series, DateTime end) =>
        series.Slice(0, (int)Math.Round((end - series.Times[0]).TotalHours) + 1);

    /// <summary>The last whole hour of each symbol, the earliest first. Each is looked up in the index where there is one.</summary>
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
