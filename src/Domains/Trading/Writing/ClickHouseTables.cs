using System.Globalization;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Dialects;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>
/// The collector's tables on ClickHouse. Each row carries the log it is from and its position there: that is how a writer sees what it
/// wrote already, and what makes a row that came twice all the same one row when its parts are merged.
/// </summary>
internal static class ClickHouseTables
{
    private const string Row = "time DateTime('UTC'), created_at DateTime('UTC') DEFAULT now(), log UUID, position Int64";

    // As the server writes types.
    private const string Decimal = "Decimal(20, 8)";
    private const string Side = $"Nullable({Decimal})"; // one without orders is empty

    private static readonly Dictionary<(string Table, string Column), string> Decimals = new()
    {
        [(QuoteTables.Quotes, "ask_amount")] = Side,
        [(QuoteTables.Quotes, "ask_price")] = Side,
        [(QuoteTables.Quotes, "bid_price")] = Side,
        [(QuoteTables.Quotes, "bid_amount")] = Side,
        [(QuoteTables.Trades, "price")] = Decimal,
        [(QuoteTables.Trades, "amount")] = Decimal,
    };

    private static readonly IReadOnlyList<(string Name, string Definition)> All =
    [
        (
            QuoteTables.Quotes,
            $"""
            (exchange String, symbol String, timestamp Int64, local_timestamp Int64,
             ask_amount {Side}, ask_price {Side}, bid_price {Side}, bid_amount {Side}, {Row})
            ENGINE = ReplacingMergeTree() PARTITION BY toYYYYMMDD(time) ORDER BY (symbol, timestamp, log, position)
            """
        ),
        (
            QuoteTables.Trades,
            $"""
            (exchange String, symbol String, timestamp Int64, local_timestamp Int64, id Int64, side String, price {Decimal},
            amount {Decimal}, {Row})
            ENGINE = ReplacingMergeTree() PARTITION BY toYYYYMMDD(time) ORDER BY (symbol, timestamp, log, position)
            """
        ),
        (
            QuoteTables.Gaps,
            $"""
            (exchange String, symbol String, stream String, from_timestamp Int64, to_timestamp Int64, from_update_id Int64,
            to_update_id Int64, reason String, {Row})
            ENGINE = ReplacingMergeTree() ORDER BY (symbol, from_timestamp, log, position)
            """
        ),
        (
            QuoteLog.Positions,
            "(log UUID, name String, position Int64, written_at DateTime('UTC') DEFAULT now()) ENGINE = ReplacingMergeTree(position) "
                + "ORDER BY log"
        ),
    ];

    /// <summary>Makes what is not there. An account that may not create anything is enough where all is there.</summary>
    public static async Task CreateAsync(ClickHouseClient server, CancellationToken cancellationToken)
    {
        var database = Sql.Literal(server.Database);
        if ((await server.ReadAsync($"SELECT name FROM system.databases WHERE name = {database}", cancellationToken)).Count == 0)
        {
            await server.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Name(server.Database)}", cancellationToken);
        }

        var known = (await server.ReadAsync($"SELECT name FROM system.tables WHERE database = {database}", cancellationToken))
            .Select(row => row[0])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, definition) in All.Where(table => !known.Contains(table.Name)))
        {
            await server.ExecuteAsync($"CREATE TABLE IF NOT EXISTS {server.Table(name)} {definition}", cancellationToken);
        }

        await WidenAsync(server, database, cancellationToken);
    }

    /// <summary>Tables of earlier versions had 18 digits, and noughts for a side without orders.</summary>
    private static async Task WidenAsync(ClickHouseClient server, string database, CancellationToken cancellationToken)
    {
        var columns = await server.ReadAsync(
            $"SELECT table, name, type FROM system.columns WHERE database = {database} AND table IN ('{QuoteTables.Quotes}', "
                + $"'{QuoteTables.Trades}')",
            cancellationToken
        );
        foreach (
            var table in columns
                .Where(row => Decimals.TryGetValue((row[0], row[1]), out var type) && type != row[2])
                .GroupBy(row => row[0], StringComparer.Ordinal)
        )
        {
            await server.ExecuteAsync(
                $"ALTER TABLE {server.Table(table.Key)} "
                    + $"{string.Join(", ", table.Select(row => $"MODIFY COLUMN {Sql.Name(row[1])} {Decimals[(row[0], row[1])]}"))}",
                cancellationToken
            );
        }
    }

    /// <summary>Drops the days of quotes before one.</summary>
    public static async Task DropAsync(ClickHouseClient server, DateOnly first, CancellationToken cancellationToken)
    {
        var days = await server.ReadAsync(
            $"SELECT DISTINCT partition FROM system.parts WHERE database = {Sql.Literal(server.Database)} AND table = "
                + $"'{QuoteTables.Quotes}' AND active",
            cancellationToken
        );
        foreach (
            var day in days.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture))
                .Where(day => day < int.Parse(first.ToString("yyyyMMdd"), CultureInfo.InvariantCulture))
        )
        {
            await server.ExecuteAsync($"ALTER TABLE {server.Table(QuoteTables.Quotes)} DROP PARTITION {day}", cancellationToken);
        }
    }
}
