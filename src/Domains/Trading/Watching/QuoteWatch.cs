using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Trading.Coverage;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Watching;

/// <summary>What somebody who watches the feeds asks: the last quotes, how they went, and which times can be trusted.</summary>
public sealed class QuoteWatch(Store store, TimeProvider time)
{
    private const int MostPoints = 600;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The last quote of each symbol of the last minute; when there is none, of the last week.</summary>
    public async Task<IReadOnlyList<LatestQuote>> LatestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var recent = await LatestAsync(connection, Recent, cancellationToken);
        return recent.Count > 0 ? recent : await LatestAsync(connection, Longest, cancellationToken);
    }

    /// <summary>The last minutes of a symbol, in at most 600 points.</summary>
    public async Task<IReadOnlyList<QuotePoint>> HistoryAsync(
        string exchange,
        string symbol,
        int minutes,
        CancellationToken cancellationToken
    )
    {
        var end = time.Microseconds();
        var step = Math.Max(1, minutes * 60 / MostPoints) * Moment.Second;
        var start = (end - (minutes * 60 * Moment.Second)) / step * step;
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"""
            SELECT CAST(floor((local_timestamp - @start) / CAST(@step AS double precision)) AS bigint) AS span,
                   CAST(avg(bid_price) AS double precision), CAST(avg(ask_price) AS double precision), count(*)
            FROM {QuoteTables.Quotes}
            WHERE exchange = @exchange AND symbol = @symbol AND timestamp >= @before AND local_timestamp >= @start
              AND bid_price IS NOT NULL AND ask_price IS NOT NULL
            GROUP BY 1 ORDER BY 1
            """,
            new
            {
                exchange,
                symbol,
                start,
                step,
                before = start - Moment.Day,
            },
            row => Point(start + (row.GetInt64(0) * step), row.GetDouble(1), row.GetDouble(2), row.GetInt64(3)),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<RecordedGap>> GapsAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"SELECT exchange, symbol, stream, from_timestamp, to_timestamp, reason FROM {QuoteTables.Gaps} ORDER BY to_timestamp DESC, "
                + "symbol, stream LIMIT @limit OFFSET @offset",
            new { limit, offset },
            row => new RecordedGap(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                Moment.ToDateTime(row.GetInt64(3)),
                Moment.ToDateTime(row.GetInt64(4)),
                (row.GetInt64(4) - row.GetInt64(3)) / (double)Moment.Second,
                row.GetString(5)
            ),
            cancellationToken
        );
    }

    /// <summary>The last days, newest last, today among them.</summary>
    public async Task<IReadOnlyList<CoveredDay>> CoverageAsync(int days, CancellationToken cancellationToken)
    {
        var last = time.Microseconds() / Moment.Day;
        var first = last - days + 1;
        await using var connection = await store.OpenAsync(cancellationToken);
        var quotes = await connection.ReadAsync(
            $"""
            SELECT CAST(floor(local_timestamp / CAST(@day AS double precision)) AS bigint), exchange, symbol, count(*),
              min(local_timestamp), max(local_timestamp)
            FROM {QuoteTables.Quotes} WHERE timestamp >= @before AND local_timestamp >= @start GROUP BY 1, 2, 3
            """,
            new
            {
                day = Moment.Day,
                start = first * Moment.Day,
                before = (first - 1) * Moment.Day,
            },
            row => new SymbolDay(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancellationToken
        );
        var gaps = await connection.ReadAsync(
            $"SELECT exchange, symbol, from_timestamp, to_timestamp, reason FROM {QuoteTables.Gaps} WHERE stream = 'quotes' AND "
                + "to_timestamp >= @start",
            new { start = first * Moment.Day },
            row =>
                (
                    Exchange: row.GetString(0),
                    Symbol: row.GetString(1),
                    From: row.GetInt64(2),
                    To: row.GetInt64(3),
                    Reason: row.GetString(4)
                ),
            cancellationToken
        );
        return [.. Enumerable.Range(0, days).Select(i => Day(first + i, [.. quotes.Where(row => row.Day == first + i)]))];

        CoveredDay Day(long day, IReadOnlyList<SymbolDay> symbols)
        {
            var (trusted, inGaps, unrecorded) = (0L, 0L, 0L);
            foreach (var symbol in symbols)
            {
                var seconds = new DayOfSeconds(day * Moment.Day);
                foreach (
                    var gap in gaps.Where(gap =>
                        gap.Exchange == symbol.Exchange
                        && gap.Symbol == symbol.Symbol
                        && gap.From < (day + 1) * Moment.Day
                        && gap.To >= day * Moment.Day
                    )
                )
                {
                    seconds.AddGap(gap.From, gap.To, gap.Reason);
                }

                seconds.SetRecorded(symbol.First, symbol.Last);
                trusted += seconds.Trusted;
                unrecorded += seconds.UnrecordedSeconds;
                inGaps += DayOfSeconds.Seconds - seconds.Trusted - seconds.UnrecordedSeconds;
            }

            return new CoveredDay(
                Moment.DayOf(day * Moment.Day),
                symbols.Sum(symbol => symbol.Quotes),
                symbols.Count,
                symbols.Count == 0 ? 0 : (double)trusted / (symbols.Count * DayOfSeconds.Seconds),
                inGaps,
                unrecorded
            );
        }
    }

    /// <summary>When a collector's log was last moved into the store; null before the first time.</summary>
    public async Task<DateTime?> WrittenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ScalarAsync<DateTime?>("SELECT max(written_at) FROM log_positions", parameters: null, cancellationToken);
    }

    private async Task<IReadOnlyList<LatestQuote>> LatestAsync(
        DbConnection connection,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        var now = time.Microseconds();
        var start = now - (long)window.TotalMicroseconds;
        return await connection.ReadAsync(
            $"""
            SELECT DISTINCT ON (exchange, symbol) exchange, symbol, bid_price, bid_amount, ask_price, ask_amount, timestamp,
              local_timestamp,
                   CAST(sum(CASE WHEN local_timestamp >= @minute THEN 1 ELSE 0 END) OVER (PARTITION BY exchange, symbol) AS bigint)
            FROM {QuoteTables.Quotes}
            WHERE timestamp >= @before AND local_timestamp >= @start AND bid_price IS NOT NULL AND ask_price IS NOT NULL
            ORDER BY exchange, symbol, local_timestamp DESC
            """,
            new
            {
                start,
                before = start - Moment.Day,
                minute = now - (60 * Moment.Second),
            },
            row => Latest(row, now),
            cancellationToken
        );
    }

    private static LatestQuote Latest(DbDataReader row, long now) =>
        LatestQuote.Of(
            row.GetString(0),
            row.GetString(1),
            (row.GetDecimal(2), Amount(row, 3)),
            (row.GetDecimal(4), Amount(row, 5)),
            row.GetInt64(6),
            row.GetInt64(7),
            now,
            row.GetInt64(8)
        );

    private static decimal Amount(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetDecimal(column);

    private static QuotePoint Point(long at, double bid, double ask, long quotes) =>
        new(Moment.ToDateTime(at), bid, ask, Spreads.BasisPoints(bid, ask), quotes);

    private sealed record SymbolDay(long Day, string Exchange, string Symbol, long Quotes, long First, long Last);
}
