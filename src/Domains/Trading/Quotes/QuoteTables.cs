using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Trading.Quotes;

/// <summary>The tables that quotes and trades are written to, and how a row is put into a batch.</summary>
internal static class QuoteTables
{
    public const string Quotes = "orderbook_data";
    public const string Trades = "trade_data";
    public const string Gaps = "collector_gaps";

    public static readonly IReadOnlyList<Column> QuoteColumns =
    [
        new("exchange", ColumnType.Text),
        new("symbol", ColumnType.Text),
        new("timestamp", ColumnType.BigInt),
        new("local_timestamp", ColumnType.BigInt),
        Decimal("ask_amount"),
        Decimal("ask_price"),
        Decimal("bid_price"),
        Decimal("bid_amount"),
    ];

    public static readonly IReadOnlyList<Column> TradeColumns =
    [
        new("exchange", ColumnType.Text),
        new("symbol", ColumnType.Text),
        new("timestamp", ColumnType.BigInt),
        new("local_timestamp", ColumnType.BigInt),
        new("id", ColumnType.BigInt),
        new("side", ColumnType.Text),
        Decimal("price"),
        Decimal("amount"),
    ];

    public static readonly IReadOnlyList<Column> GapColumns =
    [
        new("exchange", ColumnType.Text),
        new("symbol", ColumnType.Text),
        new("from_timestamp", ColumnType.BigInt),
        new("to_timestamp", ColumnType.BigInt),
        new("from_update_id", ColumnType.BigInt),
        new("to_update_id", ColumnType.BigInt),
        new("stream", ColumnType.Text),
        new("reason", ColumnType.Text),
    ];

    public static void Add(RowBatch batch, in Quote quote)
    {
        var row = batch.Count++;
        batch[0].AsText().Set(row, quote.Exchange.AsSpan());
        batch[1].AsText().Set(row, quote.Symbol.AsSpan());
        batch[2].Values<long>()[row] = quote.Timestamp;
        batch[3].Values<long>()[row] = quote.LocalTimestamp;
        Set(batch, row, quote.AskAmount, quote.AskPrice, quote.BidPrice, quote.BidAmount);
    }

    /// <summary>Sets the sides of a row that stays: what is empty remains so until the batch is cleared.</summary>
    public static void Set(RowBatch batch, int row, Int128 askAmount, Int128 askPrice, Int128 bidPrice, Int128 bidAmount)
    {
        SetSide(batch, row, 5, askPrice, 4, askAmount);
        SetSide(batch, row, 6, bidPrice, 7, bidAmount);
    }

    public static void Add(RowBatch batch, in Trade trade)
    {
        var row = batch.Count++;
        batch[0].AsText().Set(row, trade.Exchange.AsSpan());
        batch[1].AsText().Set(row, trade.Symbol.AsSpan());
        batch[2].Values<long>()[row] = trade.Timestamp;
        batch[3].Values<long>()[row] = trade.LocalTimestamp;
        batch[4].Values<long>()[row] = trade.Id;
        batch[5].AsText().Set(row, trade.IsSell ? "sell" : "buy");
        batch[6].Values<Int128>()[row] = trade.Price;
        batch[7].Values<Int128>()[row] = trade.Amount;
    }

    public static void Add(RowBatch batch, in Gap gap)
    {
        var row = batch.Count++;
        batch[0].AsText().Set(row, gap.Exchange.AsSpan());
        batch[1].AsText().Set(row, gap.Symbol.AsSpan());
        batch[2].Values<long>()[row] = gap.From;
        batch[3].Values<long>()[row] = gap.To;
        batch[4].Values<long>()[row] = gap.FromUpdateId;
        batch[5].Values<long>()[row] = gap.ToUpdateId;
        batch[6].AsText().Set(row, gap.Stream.AsSpan());
        batch[7].AsText().Set(row, gap.Reason.AsSpan());
    }

    private static void SetSide(RowBatch batch, int row, int priceColumn, Int128 price, int amountColumn, Int128 amount)
    {
        if (price == 0)
        {
            batch[priceColumn].SetNull(row);
            batch[amountColumn].SetNull(row);
            return;
        }

        batch[priceColumn].Values<Int128>()[row] = price;
        batch[amountColumn].Values<Int128>()[row] = amount;
    }

    private static Column Decimal(string name) => Column.Decimal(name, Exact.Digits, Exact.Places);
}
