using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Candles;

/// <summary>
/// Makes candles of the quotes and trades that came since the last time, and makes those again that late ones belong to. The last candle
/// of a symbol is one as soon as a quote or a trade came behind it. Where there are trades and no quotes, prices are those of the trades.
/// </summary>
internal sealed class QuoteCandles(JobContext context, DbConnection connection)
{
    private const int Parts = 10;
    private const int MostMissingParts = 1;

    /// <summary>So much is asked for at once, so that a year of quotes is not sorted as a whole.</summary>
    private const long MostAtOnce = Moment.Day;

    private readonly string quoted = Script("quoted", context.Store.Dialect);
    private readonly string traded = Script("traded", context.Store.Dialect);

    public async Task<IReadOnlyList<RecordedCandles>> MakeAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var news = new RecordedNews(connection);
        var found = await news.FindAsync(cancellationToken);
        var made = new List<RecordedCandles>();
        foreach (var (i, symbol) in found.Index())
        {
            context.Progress.Report(new JobProgress($"candles of {symbol.Symbol}", i, found.Count));
            made.Add(await MakeAsync(symbol, cancellationToken));
        }

        await news.NoteAsync(cancellationToken);
        await context.FenceAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    private async Task<RecordedCandles> MakeAsync(Recorded symbol, CancellationToken cancellationToken)
    {
        var last = await connection.ScalarAsync<long?>(
            $"""
            SELECT max(latest) FROM (
              SELECT max(timestamp) AS latest FROM {QuoteTables.Quotes} WHERE symbol = @Symbol AND exchange = @Exchange
              UNION ALL
              SELECT max(timestamp) FROM {QuoteTables.Trades} WHERE symbol = @Symbol AND exchange = @Exchange
            ) both_tables
            """,
            new { symbol.Symbol, symbol.Exchange },
            cancellationToken
        ) ?? 0;
        var (counts, changed) = (new Dictionary<Timeframe, long>(), 0L);
        foreach (var (from, to) in Spans(symbol.Hours))
        {
            foreach (var timeframe in Timeframe.All)
            {
                var key = new CandleKey(symbol.Exchange, symbol.Symbol, timeframe, CandleKey.Quotes);
                var candles = await ReadAsync(key, from, to, cancellationToken);
                candles.RemoveAll(candle => candle.OpenTime + timeframe.Length > last);
                counts[timeframe] = counts.GetValueOrDefault(timeframe) + candles.Count;
                changed += await CandleTable.WriteAsync(context.Store, connection, key, candles, cancellationToken);
            }
        }

        return new RecordedCandles(
            symbol.Exchange,
            symbol.Symbol,
            counts.GetValueOrDefault(Timeframe.Minute),
            counts.GetValueOrDefault(Timeframe.Hour),
            changed
        );
    }

    private async Task<List<Candle>> ReadAsync(CandleKey key, long from, long to, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, object?>
        {
            ["exchange"] = key.Exchange,
            ["symbol"] = key.Symbol,
            ["from"] = from,
            ["to"] = to,
            ["span"] = key.Timeframe.Length,
            ["tenth"] = key.Timeframe.Length / Parts,
        };
        var trades = (await connection.ReadAsync(traded, asked, row => TradesOf(row, key.Timeframe), cancellationToken)).ToDictionary(
            candle => candle.OpenTime
        );
        var quotes = await connection.ReadAsync(
            quoted,
            asked,
            row =>
                (trades.TryGetValue(row.GetInt64(0), out var ofTrades) ? ofTrades : NoTrades(trades.Count > 0)) with
                {
                    OpenTime = row.GetInt64(0),
                    Open = row.GetDouble(1),
                    High = row.GetDouble(2),
                    Low = row.GetDouble(3),
                    Close = row.GetDouble(4),
                    Spread = row.GetDouble(5),
                    Imbalance = row.GetDouble(6),
                    IsWhole = IsWhole(row, 7, key.Timeframe),
                },
            cancellationToken
        );
        var ofQuotes = quotes.Select(candle => candle.OpenTime).ToHashSet();
        return [.. quotes.Concat(trades.Values.Where(candle => !ofQuotes.Contains(candle.OpenTime))).OrderBy(candle => candle.OpenTime)];
    }

    /// <summary>Whether rows came in nearly all parts of a span, the last one among them, by how many parts and which was the last.</summary>
    private static bool IsWhole(DbDataReader row, int column, Timeframe timeframe) =>
        row.GetInt64(column) >= Parts - MostMissingParts && row.GetInt64(column + 1) == timeframe.Length / Parts * (Parts - 1);

    private static Candle TradesOf(DbDataReader row, Timeframe timeframe) =>
        new(row.GetInt64(0), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8))
        {
            Volume = row.GetDouble(1),
            QuoteVolume = row.GetDouble(2),
            Trades = row.GetDouble(3),
            TakerBuyVolume = row.GetDouble(4),
            IsWhole = IsWhole(row, 9, timeframe),
        };

    /// <summary>Where trades are recorded, a span without any had none; elsewhere nobody knows.</summary>
    private static Candle NoTrades(bool areRecorded) =>
        areRecorded
            ? new Candle(0, 0, 0, 0, 0)
            {
                Volume = 0,
                QuoteVolume = 0,
                Trades = 0,
                TakerBuyVolume = 0,
            }
            : new Candle(0, 0, 0, 0, 0);

    /// <summary>Hours that follow each other, up to a day of them together.</summary>
    private static IEnumerable<(long From, long To)> Spans(IReadOnlyList<long> hours)
    {
        var (from, to) = (hours[0], hours[0] + Moment.Hour);
        foreach (var hour in hours.Skip(1))
        {
            if (hour > to || hour + Moment.Hour - from > MostAtOnce)
            {
                yield return (from, to);
                from = hour;
            }

            to = hour + Moment.Hour;
        }

        yield return (from, to);
    }

    private static string Script(string name, Dialect dialect) =>
        SqlScript.Load(typeof(QuoteCandles).Assembly, $"Candles/{name}.sql").For(dialect, new Dictionary<string, Func<string, string>>());
}
