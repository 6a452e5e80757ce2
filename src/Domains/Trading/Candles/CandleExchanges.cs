using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Trading.Candles;

/// <summary>Of which exchange a symbol's hours are.</summary>
internal static class CandleExchanges
{
    /// <summary>
    /// The exchange of each symbol: the one whose candles begin first, which stays the same however long the data go on; of several the
    /// first by name.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var all = await connection.ReadAsync(
            $"""
            SELECT symbol, exchange, min(open_time) FROM {CandleTable.Name} WHERE timeframe = @hour AND is_whole
            GROUP BY symbol, exchange
            """,
            new { hour = Timeframe.Hour.Name },
            row => (Symbol: row.GetString(0), Exchange: row.GetString(1), First: row.GetDateTime(2)),
            cancellationToken
        );
        return all.GroupBy(one => one.Symbol, StringComparer.Ordinal)
            .ToDictionary(
                symbol => symbol.Key,
                symbol => symbol.OrderBy(one => one.First).ThenBy(one => one.Exchange, StringComparer.Ordinal).First().Exchange,
                StringComparer.Ordinal
            );
    }
}
