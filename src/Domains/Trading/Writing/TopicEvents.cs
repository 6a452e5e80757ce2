using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tradepost.Streams;
using Tradepost.Streams.Topics;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>Records of a log as events: JSON with exact decimals as texts, the symbol as key, log and position as headers.</summary>
internal static class TopicEvents
{
    public const string Quotes = "tradepost.trading.quotes";
    public const string Trades = "tradepost.trading.trades";
    public const string Gaps = "tradepost.trading.gaps";

    public const string LogHeader = "log";
    public const string PositionHeader = "position";

    /// <summary>The events of a batch by topic, in the order of the log.</summary>
    public static Dictionary<string, List<TopicEvent>> Of(LogBatch batch, Guid log)
    {
        var records = new QuoteRecords();
        var events = new Dictionary<string, List<TopicEvent>>(StringComparer.Ordinal);
        var identity = log.ToString();
        var content = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(content);
        for (var i = 0; i < batch.Count; i++)
        {
            content.ResetWrittenCount();
            json.Reset();
            json.WriteStartObject();
            var (topic, symbol) = Write(json, records, batch[i]);
            json.WriteEndObject();
            json.Flush();
            if (!events.TryGetValue(topic, out var list))
            {
                events[topic] = list = [];
            }

            var position = (batch.First + i).ToString(CultureInfo.InvariantCulture);
            list.Add(new TopicEvent(symbol, content.WrittenSpan.ToArray(), [new(LogHeader, identity), new(PositionHeader, position)]));
        }

        return events;
    }

    private static (string Topic, string Symbol) Write(Utf8JsonWriter json, QuoteRecords records, ReadOnlySpan<byte> record)
    {
        switch (QuoteRecords.KindOf(record))
        {
            case RecordKind.Quote:
                var quote = records.ReadQuote(record);
                Write(json, quote);
                return (Quotes, quote.Symbol);
            case RecordKind.Trade:
                var trade = records.ReadTrade(record);
                Write(json, trade);
                return (Trades, trade.Symbol);
            default:
                var gap = records.ReadGap(record);
                Write(json, gap);
                return (Gaps, gap.Symbol);
        }
    }

    private static void Write(Utf8JsonWriter json, in Quote quote)
    {
        json.WriteString("exchange", quote.Exchange);
        json.WriteString("symbol", quote.Symbol);
        json.WriteNumber("update_id", quote.UpdateId);
        json.WriteNumber("timestamp", quote.Timestamp);
        json.WriteNumber("local_timestamp", quote.LocalTimestamp);
        WriteIf(json, quote.HasAsk, "ask_amount", quote.AskAmount);
        WriteIf(json, quote.HasAsk, "ask_price", quote.AskPrice);
        WriteIf(json, quote.HasBid, "bid_price", quote.BidPrice);
        WriteIf(json, quote.HasBid, "bid_amount", quote.BidAmount);
    }

    /// <summary>A side without orders is null, as it is in the tables.</summary>
    private static void WriteIf(Utf8JsonWriter json, bool isThere, string name, Int128 units)
    {
        if (isThere)
        {
            json.WriteString(name, Exact.Format(units));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, in Trade trade)
    {
        json.WriteString("exchange", trade.Exchange);
        json.WriteString("symbol", trade.Symbol);
        json.WriteNumber("id", trade.Id);
        json.WriteNumber("timestamp", trade.Timestamp);
        json.WriteNumber("local_timestamp", trade.LocalTimestamp);
        json.WriteString("side", trade.IsSell ? "sell" : "buy");
        json.WriteString("price", Exact.Format(trade.Price));
        json.WriteString("amount", Exact.Format(trade.Amount));
    }

    private static void Write(Utf8JsonWriter json, in Gap gap)
    {
        json.WriteString("exchange", gap.Exchange);
        json.WriteString("symbol", gap.Symbol);
        json.WriteString("stream", gap.Stream);
        json.WriteNumber("from_timestamp", gap.From);
        json.WriteNumber("to_timestamp", gap.To);
        json.WriteNumber("from_update_id", gap.FromUpdateId);
        json.WriteNumber("to_update_id", gap.ToUpdateId);
        json.WriteString("reason", gap.Reason);
    }
}
