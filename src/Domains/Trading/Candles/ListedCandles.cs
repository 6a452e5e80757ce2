using Tradepost.Serving.Errors;
using Tradepost.Storage;

namespace Tradepost.Trading.Candles;

/// <summary>Reads the hours that features are made of: of one exchange, and of several sources the best.</summary>
internal static class ListedCandles
{
    private static readonly string Query = $"""
        SELECT open_time, source, open, high, low, close, volume, is_whole
        FROM (
          SELECT open_time, source, open, high, low, close, volume, is_whole, row_number() OVER (
            PARTITION BY open_time ORDER BY is_whole DESC, CASE source {Ranks} ELSE {CandleKey.Sources.Count} END) AS place
          FROM {CandleTable.Name}
          WHERE exchange = @exchange AND symbol = @Symbol AND timeframe = @hour AND open_time >= @from AND open_time <= @to
        ) known
        WHERE place = 1 ORDER BY open_time LIMIT @Limit OFFSET @Cursor
        """;

    private static string Ranks => string.Join(' ', CandleKey.Sources.Select((source, i) => $"WHEN '{source}' THEN {i}"));

    /// <summary>Candles in order of time, from the cursor on.</summary>
    /// <exception cref="ApiException">422: no candles are known of the symbol, or the times are no stretch.</exception>
    public static async Task<IReadOnlyList<HourlyCandle>> ReadAsync(Store store, CandleQuery asked, CancellationToken cancellationToken)
    {
        var (from, to) = AskedTimes.Check(asked.FromTime, asked.ToTime);
        await using var connection = await store.OpenAsync(cancellationToken);
        var exchanges = await CandleExchanges.ReadAsync(connection, cancellationToken);
        if (!exchanges.TryGetValue(asked.Symbol, out var exchange))
        {
            string[] known = [.. exchanges.Keys.Order(StringComparer.Ordinal)];
            throw ApiException.Invalid(
                "symbol",
                known.Length == 0
                    ? $"The symbol is \"{asked.Symbol}\", and there are no candles yet; the job {CandlesJob.Name} makes them."
                    : $"The symbol is \"{asked.Symbol}\"; there are hourly candles of {string.Join(", ", known)}.",
                known
            );
        }

        return await connection.ReadAsync(
            Query,
            new
            {
                exchange,
                asked.Symbol,
                hour = Timeframe.Hour.Name,
                from,
                to,
                asked.Limit,
                asked.Cursor,
            },
            row => new HourlyCandle(
                row.GetDateTime(0),
                row.GetString(1),
                row.GetDouble(2),
                row.GetDouble(3),
                row.GetDouble(4),
                row.GetDouble(5),
                row.IsDBNull(6) ? null : row.GetDouble(6),
                row.GetBoolean(7)
            ),
            cancellationToken
        );
    }
}
