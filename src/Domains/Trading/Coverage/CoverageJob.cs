using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Coverage;

/// <summary>Tells which seconds of a day can be trusted, by the quotes that were recorded and the gaps that the collector noted.</summary>
internal static class CoverageJob
{
    public static async Task<CoverageResult> RunAsync(CoverageOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var start = Moment.Of(options.Day.ToDateTime(TimeOnly.MinValue));
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        await RecordedNames.RequireAsync(
            connection,
            [QuoteTables.Quotes, QuoteTables.Gaps],
            options.Symbol,
            exchange: null,
            context.Store,
            cancellationToken
        );
        var quotes = await QuotesAsync(connection, options, start, cancellationToken);
        var gaps = await GapsAsync(connection, options, start, cancellationToken);
        var (symbols, doubts) = (new List<SymbolCoverage>(), new List<Doubt>());
        foreach (var (exchange, symbol) in quotes.Keys.Union(gaps.Select(gap => (gap.Exchange, gap.Symbol))).Order())
        {
            var day = new DayOfSeconds(start);
            foreach (var gap in gaps.Where(gap => gap.Exchange == exchange && gap.Symbol == symbol))
            {
                day.AddGap(gap.From, gap.To, gap.Reason);
            }

            (long Count, long First, long Last)? recorded = quotes.TryGetValue((exchange, symbol), out var found) ? found : null;
            day.SetRecorded(recorded?.First, recorded?.Last);
            symbols.Add(
                new SymbolCoverage(
                    exchange,
                    symbol,
                    recorded?.Count ?? 0,
                    recorded is { } r ? Moment.ToDateTime(r.First) : null,
                    recorded is { } l ? Moment.ToDateTime(l.Last) : null,
                    day.Trusted,
                    DayOfSeconds.Seconds - day.Trusted - day.UnrecordedSeconds,
                    day.UnrecordedSeconds,
                    (double)day.Trusted / DayOfSeconds.Seconds
                )
            );
            doubts.AddRange(
                day.Doubts()
                    .Select(doubt => new Doubt(
                        exchange,
                        symbol,
                        Moment.ToDateTime(start + (doubt.From * Moment.Second)),
                        Moment.ToDateTime(start + (doubt.To * Moment.Second)),
                        doubt.To - doubt.From,
                        doubt.Reason
                    ))
            );
        }

        return new CoverageResult(options.Day, symbols, doubts);
    }

    private static async Task<Dictionary<(string Exchange, string Symbol), (long Count, long First, long Last)>> QuotesAsync(
        DbConnection connection,
        CoverageOptions options,
        long start,
        CancellationToken cancellationToken
    )
    {
        // The exchange's time chooses the partitions: both clocks agree to a day.
        var rows = await connection.ReadAsync(
            $"""
            SELECT exchange, symbol, count(*), min(local_timestamp), max(local_timestamp) FROM {QuoteTables.Quotes}
            WHERE timestamp >= @before AND timestamp < @after AND local_timestamp >= @start AND local_timestamp < @end AND (@symbol = ''
              OR symbol = @symbol)
            GROUP BY exchange, symbol
            """,
            new
            {
                before = start - Moment.Day,
                after = start + (2 * Moment.Day),
                start,
                end = start + Moment.Day,
                symbol = options.Symbol ?? "",
            },
            row => (Key: (row.GetString(0), row.GetString(1)), Found: (row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))),
            cancellationToken
        );
        return rows.ToDictionary(row => row.Key, row => row.Found);
    }

    private static Task<IReadOnlyList<(string Exchange, string Symbol, long From, long To, string Reason)>> GapsAsync(
        DbConnection connection,
        CoverageOptions options,
        long start,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"""
            SELECT exchange, symbol, from_timestamp, to_timestamp, reason FROM {QuoteTables.Gaps}
            WHERE stream = 'quotes' AND to_timestamp >= @start AND from_timestamp < @end AND (@symbol = '' OR symbol = @symbol)
              ORDER BY from_timestamp
            """,
            new
            {
                start,
                end = start + Moment.Day,
                symbol = options.Symbol ?? "",
            },
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4)),
            cancellationToken
        );
}
