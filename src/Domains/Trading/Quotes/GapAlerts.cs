using System.Data.Common;
using Tradepost.Jobs.Alerts;
using Tradepost.Storage;

namespace Tradepost.Trading.Quotes;

/// <summary>What of the ledger of gaps is worth telling somebody: one sentence for what an exchange's streams lost together.</summary>
internal static class GapAlerts
{
    private const int Most = 200;

    public static Task<IReadOnlyList<Loss>> FindAsync(
        DbConnection connection,
        DateTime since,
        TimeSpan longerThan,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"""
            SELECT exchange, reason, from_timestamp - from_timestamp % {Moment.Minute} AS minute, min(from_timestamp), max(to_timestamp),
              count(DISTINCT symbol), min(symbol)
            FROM collector_gaps WHERE to_timestamp >= @since AND to_timestamp - from_timestamp > @least
            GROUP BY 1, 2, 3 ORDER BY 3, 1, 2 LIMIT {Most}
            """,
            new { since = Moment.Of(since), least = longerThan.Ticks / TimeSpan.TicksPerMicrosecond },
            row => new Loss(
                $"{row.GetString(0)}:{row.GetString(1)}:{row.GetInt64(2)}",
                row.GetString(0),
                Sentence(row.GetString(0), row.GetString(1), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6))
            ),
            cancellationToken
        );

    private static string Sentence(string exchange, string reason, long from, long to, long symbols, string symbol) =>
        $"{exchange}: {(symbols == 1 ? symbol : $"{symbols} symbols")} may miss rows of {(to - from) / 1e6:0.#} seconds from "
        + $"{Moment.ToDateTime(from):yyyy-MM-dd HH:mm:ss} UTC ({reason.Replace('_', ' ')}).";
}
