using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>Records of a log, gathered as the rows that ClickHouse takes.</summary>
internal sealed class ClickHouseRows(Guid log)
{
    private const int MostBytes = 32 << 20;

    // A later server refuses an insert into more than a hundred partitions.
    private const int MostDays = 50;

    private readonly QuoteRecords records = new();
    private readonly HashSet<long> days = [];

    public RowBinaryBuffer Quotes { get; } = new();

    public RowBinaryBuffer Trades { get; } = new();

    public RowBinaryBuffer Gaps { get; } = new();

    public bool IsFull => days.Count >= MostDays || Quotes.Length + Trades.Length + Gaps.Length >= MostBytes;

    public static long TimestampOf(ReadOnlySpan<byte> record, QuoteRecords records) =>
        QuoteRecords.KindOf(record) switch
        {
            RecordKind.Quote => QuoteRecords.TimesOf(record).Timestamp,
            RecordKind.Trade => records.ReadTrade(record).Timestamp,
            _ => records.ReadGap(record).To,
        };

    public void Clear()
    {
        Quotes.Clear();
        Trades.Clear();
        Gaps.Clear();
        days.Clear();
    }

    public void Add(ReadOnlySpan<byte> record, long position)
    {
        switch (QuoteRecords.KindOf(record))
        {
            case RecordKind.Quote:
                Add(records.ReadQuote(record), position);
                break;
            case RecordKind.Trade:
                Add(records.ReadTrade(record), position);
                break;
            case RecordKind.Gap:
                Add(records.ReadGap(record), position);
                break;
        }
    }

    private void Add(in Quote quote, long position)
    {
        Quotes.Add(quote.Exchange);
        Quotes.Add(quote.Symbol);
        Quotes.Add(quote.Timestamp);
        Quotes.Add(quote.LocalTimestamp);
        Quotes.Add(quote.HasAsk ? quote.AskAmount : (Int128?)null);
        Quotes.Add(quote.HasAsk ? quote.AskPrice : (Int128?)null);
        Quotes.Add(quote.HasBid ? quote.BidPrice : (Int128?)null);
        Quotes.Add(quote.HasBid ? quote.BidAmount : (Int128?)null);
        End(Quotes, quote.Timestamp, position);
        days.Add(quote.Timestamp / Moment.Day);
    }

    private void Add(in Trade trade, long position)
    {
        Trades.Add(trade.Exchange);
        Trades.Add(trade.Symbol);
        Trades.Add(trade.Timestamp);
        Trades.Add(trade.LocalTimestamp);
        Trades.Add(trade.Id);
        Trades.Add(trade.IsSell ? "sell" : "buy");
        Trades.Add(trade.Price);
        Trades.Add(trade.Amount);
        End(Trades, trade.Timestamp, position);
        days.Add(trade.Timestamp / Moment.Day);
    }

    private void Add(in Gap gap, long position)
    {
        Gaps.Add(gap.Exchange);
        Gaps.Add(gap.Symbol);
        Gaps.Add(gap.Stream);
        Gaps.Add(gap.From);
        Gaps.Add(gap.To);
        Gaps.Add(gap.FromUpdateId);
        Gaps.Add(gap.ToUpdateId);
        Gaps.Add(gap.Reason);
        End(Gaps, gap.To, position);
    }

    private void End(RowBinaryBuffer rows, long time, long position)
    {
        rows.AddTime(time);
        rows.Add(log);
        rows.Add(position);
    }
}
