using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Streams.Drains;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>The collector's log as tables: quotes, trades, and the times in which some may be missing.</summary>
internal sealed class QuoteLog : LogTables
{
    /// <summary>The table, in the store and on ClickHouse, of how far each log has been moved.</summary>
    public const string Positions = "log_positions";

    /// <summary>Quotes; events have the exchange's number of the update too.</summary>
    public static readonly LogTable Quotes = new(QuoteTables.Quotes, [.. QuoteTables.QuoteColumns, new("update_id", ColumnType.BigInt)])
    {
        StoredColumns = QuoteTables.QuoteColumns.Count,
        Topic = "tradepost.trading.quotes",
        EventFields =
        [
            "exchange",
            "symbol",
            "update_id",
            "timestamp",
            "local_timestamp",
            "ask_amount",
            "ask_price",
            "bid_price",
            "bid_amount",
        ],
        KeyColumn = Symbol,
        TimeColumn = Moment,
        ArrivalColumn = Moment + 1,
        NullableColumns = new HashSet<int> { 4, 5, 6, 7 },
        Files = Filed("book_ticker"),
    };

    public static readonly LogTable Trades = new(QuoteTables.Trades, QuoteTables.TradeColumns)
    {
        Topic = "tradepost.trading.trades",
        EventFields = ["exchange", "symbol", "id", "timestamp", "local_timestamp", "side", "price", "amount"],
        KeyColumn = Symbol,
        TimeColumn = Moment,
        Files = Filed("trades"),
    };

    public static readonly LogTable Gaps = new(QuoteTables.Gaps, QuoteTables.GapColumns)
    {
        Topic = "tradepost.trading.gaps",
        EventFields = ["exchange", "symbol", "stream", "from_timestamp", "to_timestamp", "from_update_id", "to_update_id", "reason"],
        KeyColumn = Symbol,
        TimeColumn = Moment + 1, // a gap is known when it has ended
        Files = Filed("gaps"),
    };

    private const int Exchange = 0;
    private const int Symbol = 1;
    private const int Moment = 2;

    private readonly QuoteRecords records = new();

    public override string Name => "quotes";

    public override IReadOnlyList<LogTable> Tables { get; } = [Quotes, Trades, Gaps];

    public override int TableOf(ReadOnlySpan<byte> record) =>
        QuoteRecords.KindOf(record) switch
        {
            RecordKind.Quote => 0,
            RecordKind.Trade => 1,
            RecordKind.Gap => 2,
            var kind => throw new FormatException($"there is no kind {(byte)kind} of records"),
        };

    public override void Add(RowBatch rows, ReadOnlySpan<byte> record)
    {
        switch (QuoteRecords.KindOf(record))
        {
            case RecordKind.Quote:
                var quote = records.ReadQuote(record);
                QuoteTables.Add(rows, quote);
                rows[QuoteTables.QuoteColumns.Count].Values<long>()[rows.Count - 1] = quote.UpdateId;
                break;
            case RecordKind.Trade:
                QuoteTables.Add(rows, records.ReadTrade(record));
                break;
            default:
                QuoteTables.Add(rows, records.ReadGap(record));
                break;
        }
    }

    private static FileLayout Filed(string type) =>
        new(Moment, [Exchange, Symbol], (parts, day) => $"{parts[0]}_{type}_{day:yyyy-MM-dd}_{parts[1]}");
}
