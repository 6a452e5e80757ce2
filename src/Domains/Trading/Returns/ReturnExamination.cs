using System.Data.Common;
using Tradepost.Serving;
using Tradepost.Storage;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns;

/// <summary>Looks whether forecasts of returns are made of new candles, and are made at all.</summary>
internal static class ReturnExamination
{
    private const int MostShown = 5;

    /// <summary>The schedule makes features soon behind each full hour; one that failed once is made up for an hour later.</summary>
    private static readonly TimeSpan OldestCandle = TimeSpan.FromHours(3);

    /// <summary>What was found; nothing where there are no features.</summary>
    public static async Task<IReadOnlyList<DomainCheck>> RunAsync(
        DbConnection connection,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var newest = await connection.ReadAsync(
            $"""
            SELECT s.symbol, (SELECT max(t.feature_time) FROM {FeatureRows.Name} t WHERE t.symbol = s.symbol AND t.is_whole)
            FROM feature_series s ORDER BY s.symbol
            """,
            row => (Symbol: row.GetString(0), Time: row.IsDBNull(1) ? (DateTime?)null : row.GetDateTime(1)),
            cancellationToken
        );
        return newest.Count == 0 ? [] : [Candles([.. newest], now), .. await ChampionsAsync(connection, cancellationToken)];
    }

    private static DomainCheck Candles(IReadOnlyList<(string Symbol, DateTime? Time)> newest, DateTime now)
    {
        var old = newest.Where(symbol => symbol.Time is not { } time || now - time > OldestCandle).ToList();
        var latest = newest.Max(symbol => symbol.Time);
        return old.Count == 0
            ? new DomainCheck("hourly candles", $"of {newest.Count} symbols, up to {latest:yyyy-MM-dd HH:mm} UTC", null)
            : new DomainCheck(
                "hourly candles",
                $"the newest of {Some([.. old.Select(Age)])}",
                "`tradepost trading features` makes those of what was recorded, `tradepost trading candles FILE` reads others"
            );

        string Age((string Symbol, DateTime? Time) symbol) =>
            symbol.Time is { } time ? $"{symbol.Symbol} ended {(now - time).TotalHours:N0} hours ago" : $"{symbol.Symbol} is missing";
    }

    /// <summary>Champions of whose newest hour nothing was predicted; one hour is left for the prediction to come.</summary>
    private static async Task<IReadOnlyList<DomainCheck>> ChampionsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var champions = await connection.ReadAsync(
            $"""
            SELECT c.model, c.symbol,
              (SELECT max(p.as_of) FROM predictions p WHERE p.model = c.model AND p.entity = c.symbol),
              (SELECT max(t.feature_time) FROM {FeatureRows.Name} t WHERE t.symbol = c.symbol AND t.is_whole)
            FROM return_champions c ORDER BY c.symbol, c.horizon
            """,
            row =>
                (
                    Name: $"{row.GetString(0)} of {row.GetString(1)}",
                    Made: row.IsDBNull(2) ? DateTime.MinValue : row.GetDateTime(2),
                    Newest: row.IsDBNull(3) ? DateTime.MinValue : row.GetDateTime(3)
                ),
            cancellationToken
        );
        string[] silent = [.. champions.Where(one => one.Newest - one.Made > TimeSpan.FromHours(1)).Select(one => one.Name)];
        return champions.Count == 0 ? []
            : silent.Length == 0 ? [new DomainCheck("forecasts of returns", $"all {champions.Count} champions have predicted", null)]
            :
            [
                new DomainCheck(
                    "forecasts of returns",
                    $"no prediction of the newest hour by {Some(silent)}",
                    "`tradepost trading predict` makes them"
                ),
            ];
    }

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(MostShown)) + (names.Length > MostShown ? $" and {names.Length - MostShown} more" : "");
}
