using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Candles;

/// <summary>Which hours of which symbols have quotes or trades that no candle was made of yet, late ones among them.</summary>
internal sealed class RecordedNews(DbConnection connection)
{
    private const string Progress = "candle_progress";
    private const string Name = "quotes";

    /// <summary>
    /// Rows are stamped when their transaction begins and seen when it ends: what was stamped this long before the last look is looked at
    /// again.
    /// </summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMinutes(15);

    /// <summary>The newest stamp; null where nothing was recorded.</summary>
    private DateTime? newest;

    public async Task<IReadOnlyList<Recorded>> FindAsync(CancellationToken cancellationToken)
    {
        var seen = await connection.ScalarAsync<DateTime?>(
            $"SELECT max(seen_to) FROM {Progress} WHERE name = @Name",
            new { Name },
            cancellationToken
        );
        newest = await connection.ScalarAsync<DateTime?>(
            $"SELECT max(latest) FROM (SELECT max(created_at) AS latest FROM {QuoteTables.Quotes} UNION ALL "
                + $"SELECT max(created_at) FROM {QuoteTables.Trades}) AS both_tables",
            null,
            cancellationToken
        );
        var hours = await connection.ReadAsync(
            $"""
            SELECT exchange, symbol, timestamp - timestamp % @hour AS opened FROM {QuoteTables.Quotes} WHERE created_at >= @since
            UNION
            SELECT exchange, symbol, timestamp - timestamp % @hour FROM {QuoteTables.Trades} WHERE created_at >= @since
            ORDER BY 1, 2, 3
            """,
            new { hour = Moment.Hour, since = seen - LongestTransaction ?? DateTime.UnixEpoch },
            row => (Exchange: row.GetString(0), Symbol: row.GetString(1), Hour: row.GetInt64(2)),
            cancellationToken
        );
        var found = new List<Recorded>();
        foreach (var symbol in hours.GroupBy(hour => (hour.Exchange, hour.Symbol), hour => hour.Hour))
        {
            var first = symbol.First();
            found.Add(
                new Recorded(
                    symbol.Key.Exchange,
                    symbol.Key.Symbol,
                    await HourBeforeAsync(symbol.Key.Exchange, symbol.Key.Symbol, first, cancellationToken) is { } before
                        ? [before, .. symbol]
                        : [.. symbol]
                )
            );
        }

        return found;
    }

    /// <summary>Notes that everything that was found has become candles, within the transaction of the connection.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        if (newest is null)
        {
            return;
        }

        await connection.ExecuteAsync($"DELETE FROM {Progress} WHERE name = @Name", new { Name }, cancellationToken);
        await connection.ExecuteAsync(
            $"INSERT INTO {Progress} (name, seen_to) VALUES (@Name, @newest)",
            new { Name, newest },
            cancellationToken
        );
    }

    /// <summary>The hour of the row before: its last candle may not have been one yet, because nothing had come behind it.</summary>
    private async Task<long?> HourBeforeAsync(string exchange, string symbol, long hour, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long?>(
            $"""
            SELECT max(latest) FROM (
              SELECT max(timestamp) AS latest FROM {QuoteTables.Quotes}
              WHERE symbol = @symbol AND exchange = @exchange AND timestamp < @hour
              UNION ALL
              SELECT max(timestamp) FROM {QuoteTables.Trades} WHERE symbol = @symbol AND exchange = @exchange AND timestamp < @hour
            ) both_tables
            """,
            new
            {
                symbol,
                exchange,
                hour,
            },
            cancellationToken
        )
            is { } before
            ? Timeframe.Hour.Floor(before)
            : null;
}
