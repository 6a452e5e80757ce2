using System.Text;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Benchmarks.Bulk;

/// <summary>
/// Best quotes of exchanges, made from their number alone: two texts, two integers, four decimals and a time. Making a row costs
/// some tens of nanoseconds, so that what is measured is the writing.
/// </summary>
internal static class Quotes
{
    private const long FirstMicrosecond = 1_767_225_600_000_000; // 2026-01-01
    private const ulong PriceUnits = 100_000_000UL * 90_000;

    private static readonly byte[][] Exchanges =
    [
        .. new[] { "binance", "bybit", "coinbase", "kraken", "okx" }.Select(Encoding.UTF8.GetBytes),
    ];
    private static readonly byte[][] Symbols = [.. Enumerable.Range(0, 200).Select(i => Encoding.UTF8.GetBytes($"ASSET{i:000}/USDT"))];

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("exchange", ColumnType.Text, IsNullable: false),
        new("symbol", ColumnType.Text, IsNullable: false),
        new("quote_id", ColumnType.BigInt, IsNullable: false),
        new("sequence", ColumnType.BigInt, IsNullable: false),
        Column.Decimal("bid", 18, 8, isNullable: false),
        Column.Decimal("ask", 18, 8, isNullable: false),
        Column.Decimal("bid_size", 18, 8, isNullable: false),
        Column.Decimal("ask_size", 18, 8, isNullable: false),
        new("quoted_at", ColumnType.Timestamp, IsNullable: false),
    ];

    /// <summary>What all rows come to, for comparison with what a table holds.</summary>
    public const string Sums =
        "SELECT count(*) || ' ' || sum(quote_id) || ' ' || sum(bid) || ' ' || sum(ask_size) || ' ' || max(quoted_at) || ' ' || min(exchange || symbol) FROM quotes";

    /// <summary>Fills a batch with the rows from a number on.</summary>
    public static void Fill(RowBatch batch, long first, long rows)
    {
        batch.Clear();
        var count = (int)Math.Min(batch.Capacity, rows - first);
        var exchange = batch[0].AsText();
        var symbol = batch[1].AsText();
        var id = batch[2].Values<long>();
        var sequence = batch[3].Values<long>();
        var bid = batch[4].Values<long>();
        var ask = batch[5].Values<long>();
        var bidSize = batch[6].Values<long>();
        var askSize = batch[7].Values<long>();
        var quotedAt = batch[8].Values<long>();
        for (var row = 0; row < count; row++)
        {
            var number = first + row;
            var random = Numbers.Mix((ulong)number);
            exchange.Set(row, Exchanges[random % 5]);
            symbol.Set(row, Symbols[random % 200]);
            id[row] = number;
            sequence[row] = 1_000_000_000 + (number * 3);
            bid[row] = 1_000_000 + (long)(random % PriceUnits);
            ask[row] = bid[row] + 1_000 + (long)(random >> 48);
            bidSize[row] = 1 + (long)(random >> 24);
            askSize[row] = 1 + (long)((random * 31) >> 24);
            quotedAt[row] = FirstMicrosecond + (number * 1_370) + (long)(random % 1_000);
        }

        batch.Count = count;
    }
}
