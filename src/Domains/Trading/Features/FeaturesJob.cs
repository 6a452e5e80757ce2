using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Editions;

namespace Tradepost.Trading.Features;

/// <summary>Makes features of hourly candles. Making some of them gives the same bits as making all.</summary>
internal static class FeaturesJob
{
    public const string Name = "trading.features";

    private const string Series = "feature_series";

    /// <summary>
    /// Hours that are read before the first one that is written: those that any feature looks back to, and as many as tell where a
    /// stretch without an outage begins.
    /// </summary>
    private static readonly int LeadHours = FeatureList.All.Max(feature => feature.LookBack) + (2 * HourlySeries.LongestBridged);

    public static async Task<object> RunAsync(FeaturesOptions options, JobContext context, CancellationToken cancellationToken)
    {
        if (options.List)
        {
            return new FeatureDescriptions([
                .. FeatureList.All.Select(feature => new FeatureDescription(feature.Name, feature.Formula, feature.LookBack)),
            ]);
        }

        var began = context.Time.GetTimestamp();
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        var recorded = await new QuoteCandles(context, connection).MakeAsync(cancellationToken);
        context.Progress.Report(new JobProgress("features"));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var exchanges = await CandleExchanges.ReadAsync(connection, cancellationToken);
        var from =
            options.Mode == FeatureMode.Full || await AreOthersAsync(connection, exchanges, cancellationToken)
                ? DateTime.UnixEpoch
                : await FindChangeAsync(connection, exchanges, cancellationToken);
        var (rows, first) = from is null ? (0, null) : await WriteAsync(context, connection, exchanges, from.Value, cancellationToken);
        await NoteAsync(connection, exchanges, cancellationToken);
        await TradingEdition.RenewAsync(connection, TradingEdition.Features, cancellationToken);
        await context.PublishAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new FeaturesResult(
            exchanges.Count,
            rows,
            first,
            recorded.Sum(symbol => symbol.Changed),
            context.Time.GetElapsedTime(began).TotalSeconds
        );
    }

    private static async Task<(long Rows, DateTime? First)> WriteAsync(
        JobContext context,
        DbConnection connection,
        IReadOnlyDictionary<string, string> exchanges,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        var isFull = from == DateTime.UnixEpoch;
        var all = await HourlyCandles.ReadAsync(context.Store, exchanges, isFull ? from : from.AddHours(-LeadHours), cancellationToken);

        // Hours before the first candle that was read are of an outage: their rows are there, and stay.
        FeatureStretch[] stretches =
        [
            .. all.Select(series => FeatureStretch.Of(series, Math.Max(Moment.Of(from), series.EndOf(0) - Moment.Hour))),
        ];
        var rows = await FeatureRows.ReplaceAsync(context.Store, connection, stretches, isFull, cancellationToken);
        var written = stretches.Where(stretch => stretch.Count > 0).ToList();
        return (rows, written.Count == 0 ? null : Moment.ToDateTime(written.Min(stretch => stretch.After) + Moment.Hour));
    }

    /// <summary>Whether features were made of other exchanges than they would be now, or of none.</summary>
    private static async Task<bool> AreOthersAsync(
        DbConnection connection,
        IReadOnlyDictionary<string, string> exchanges,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.ReadAsync(
            $"SELECT symbol, exchange FROM {Series}",
            row => (Symbol: row.GetString(0), Exchange: row.GetString(1)),
            cancellationToken
        );
        return known.Any(one => exchanges.GetValueOrDefault(one.Symbol) != one.Exchange);
    }

    /// <summary>
    /// Where the first hour begins whose row is others or missing; null without any. Hours that were missing behind the last candle have no
    /// rows until another candle comes: they begin behind the whole candle before the change.
    /// </summary>
    private static async Task<DateTime?> FindChangeAsync(
        DbConnection connection,
        IReadOnlyDictionary<string, string> exchanges,
        CancellationToken cancellationToken
    )
    {
        var changes = await connection.ReadAsync(
            $"SELECT symbol, exchange, min(changed_from) FROM {CandleTable.Changes} GROUP BY symbol, exchange",
            row => (Symbol: row.GetString(0), Exchange: row.GetString(1), From: row.GetDateTime(2)),
            cancellationToken
        );
        DateTime? first = null;
        foreach (var change in changes.Where(change => exchanges.GetValueOrDefault(change.Symbol) == change.Exchange))
        {
            var before = await connection.ScalarAsync<DateTime?>(
                $"SELECT max(open_time) FROM {CandleTable.Name} WHERE symbol = @Symbol AND timeframe = @hour AND open_time < @From "
                    + "AND exchange = @Exchange AND is_whole",
                new
                {
                    change.Symbol,
                    hour = Timeframe.Hour.Name,
                    change.From,
                    change.Exchange,
                },
                cancellationToken
            );
            var from = before?.AddHours(1) ?? change.From;
            first = first < from ? first : from;
        }

        return first;
    }

    private static async Task NoteAsync(
        DbConnection connection,
        IReadOnlyDictionary<string, string> exchanges,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync($"DELETE FROM {CandleTable.Changes}", null, cancellationToken);
        await connection.ExecuteAsync($"DELETE FROM {Series}", null, cancellationToken);
        foreach (var (symbol, exchange) in exchanges)
        {
            await connection.ExecuteAsync(
                $"INSERT INTO {Series} (symbol, exchange) VALUES (@symbol, @exchange)",
                new { symbol, exchange },
                cancellationToken
            );
        }
    }
}
