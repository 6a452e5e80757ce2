using System.Buffers;
using System.Text;
using System.Text.Json;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Exchanges;

/// <summary>
/// Binance's USD-M and COIN-M futures and spot (its WebSocket documentation of September 2026): combined streams, whose frames wrap the
/// payload in its stream's name. Fields come in any order, and there may be more of them than are known here.
/// </summary>
internal sealed class BinanceExchange(BinanceMarket market) : Exchange
{
    /// <summary>What the microseconds of a quote from a file are called in its frame; Binance's own have none.</summary>
    public const string MicrosecondsField = "microseconds";

    private const char StreamEnd = '@';
    private const int SnapshotLevels = 1000;

    // Exchange and symbol of seventy characters, each written as two escapes, and the rest of a stream's name.
    private const int LongestName = 1024;

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Other addresses than Binance's own, for a server that speaks its protocol.</summary>
    public BinanceExchange(BinanceMarket market, Uri? stream, Uri? rest)
        : this(market with { Stream = stream ?? market.Stream, Rest = rest ?? market.Rest }) { }

    public override string Name => market.Name;

    public override bool IsChained => market.IsChained;

    public override Exchange At(Uri? stream = null, Uri? rest = null) => new BinanceExchange(market, stream, rest);

    public override bool HasUpperCaseSymbols(ReadOnlySpan<byte> exchange) => exchange.StartsWith("binance"u8);

    public override string SymbolOf(string stream) => stream.Split(StreamEnd)[0].ToUpperInvariant();

    public override IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription)
    {
        var name = symbol.ToLowerInvariant();
        if (subscription.HasFlag(Subscription.Quotes))
        {
            yield return (market.IsRouted ? "public" : "", $"{name}@bookTicker", Subscription.Quotes);
        }

        if (subscription.HasFlag(Subscription.Depth))
        {
            yield return (market.IsRouted ? "public" : "", $"{name}@depth{market.DepthSpeed}", Subscription.Depth);
        }

        if (subscription.HasFlag(Subscription.Trades))
        {
            yield return (market.IsRouted ? "market" : "", $"{name}@aggTrade", Subscription.Trades);
        }
    }

    public override Uri StreamAddress(string route) => new(market.Stream, route.Length > 0 ? $"{route}/stream" : "stream");

    public override Uri SnapshotAddress(string symbol) =>
        new($"{market.Rest}?symbol={Uri.EscapeDataString(symbol)}&limit={SnapshotLevels}");

    public override byte[] Subscribe(IReadOnlyCollection<string> streams, int id) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                method = "SUBSCRIBE",
                @params = streams,
                id,
            }
        );

    public override void Read(ReadOnlySpan<byte> frame, MarketMessage message)
    {
        message.Clear();
        var reader = new Utf8JsonReader(frame);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException("a frame is no JSON object");
            }

            ReadFrame(ref reader, message);
        }
        catch (JsonException e)
        {
            throw new FormatException($"a frame is no JSON: {e.Message}", e);
        }
    }

    public override BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer)
    {
        var message = new MarketMessage();
        Read(answer, message);
        return message.UpdateId > 0
            ? new BookSnapshot(message.UpdateId, [.. message.Bids], [.. message.Asks])
            : throw new FormatException(
                $"a snapshot has no lastUpdateId: {Encoding.UTF8.GetString(answer[..Math.Min(200, answer.Length)])}"
            );
    }

    public override ServedSubscription? ReadSubscription(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request);
        return new ServedSubscription(
            [.. document.RootElement.GetProperty("params").EnumerateArray().Select(name => name.GetString()!)],
            JsonSerializer.SerializeToUtf8Bytes(new { result = (object?)null, id = document.RootElement.GetProperty("id").GetInt64() })
        );
    }

    public override byte[] WriteSnapshot(BookSnapshot book)
    {
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                lastUpdateId = book.LastUpdateId,
                bids = book.Bids.Take(SnapshotLevels).Select(Show),
                asks = book.Asks.Take(SnapshotLevels).Select(Show),
            }
        );

        static string[] Show(BookLevel level) => [Exact.Format(level.Price), Exact.Format(level.Amount)];
    }

    public override byte[] RefuseSnapshot(bool isTooMany) =>
        isTooMany ? "{\"code\":-1003}"u8.ToArray() : "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"u8.ToArray();

    public override byte[] WriteQuote(string stream, long number, in Quote quote)
    {
        var frame = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(frame);
        json.WriteStartObject();
        json.WriteString("stream", stream);
        json.WriteStartObject("data");
        json.WriteString("e", "bookTicker");
        json.WriteNumber("u", number);
        json.WriteNumber("E", quote.Timestamp / 1000);
        json.WriteNumber("T", quote.Timestamp / 1000);
        json.WriteString("s", quote.Symbol);
        json.WriteString("b", Exact.Format(quote.BidPrice));
        json.WriteString("B", Exact.Format(quote.BidAmount));
        json.WriteString("a", Exact.Format(quote.AskPrice));
        json.WriteString("A", Exact.Format(quote.AskAmount));
        json.WriteEndObject();
        json.WriteNumber(MicrosecondsField, quote.Timestamp);
        json.WriteEndObject();
        json.Flush();
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>The frame with another name of its stream, whatever escapes that was written with.</summary>
    public override byte[] Renamed(byte[] frame, string stream)
    {
        var reader = new Utf8JsonReader(frame);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                var (from, to) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                return [.. frame.AsSpan(0, from), .. JsonSerializer.SerializeToUtf8Bytes(stream), .. frame.AsSpan(to)];
            }
        }

        return frame;
    }

    private void ReadFrame(ref Utf8JsonReader reader, MarketMessage message)
    {
        var hasEvent = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                message.Stream = ShortText(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    throw new FormatException("a frame's data are no object");
                }

                ReadPayload(ref reader, message, ref hasEvent);
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                message.Kind = MessageKind.Acknowledgement;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                message.Kind = MessageKind.Refusal;
                using var error = JsonDocument.ParseValue(ref reader);
                message.Reason = error.RootElement.ToString();
            }
            else
            {
                ReadField(ref reader, message, ref hasEvent);
            }
        }

        Decide(message, hasEvent);
    }

    private void ReadPayload(ref Utf8JsonReader reader, MarketMessage message, ref bool hasEvent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader, message, ref hasEvent);
        }
    }

    private void ReadField(ref Utf8JsonReader reader, MarketMessage message, ref bool hasEvent)
    {
        var name = reader.ValueSpan;
        if (name.Length > 2)
        {
            ReadNamed(ref reader, message);
            return;
        }

        switch (name)
        {
            case [(byte)'e']:
                reader.Read();
                hasEvent = true;
                message.Kind = KindOf(ref reader);
                break;
            case [(byte)'s']:
                reader.Read();
                message.Symbol = ShortText(ref reader);
                break;
            case [(byte)'E']:
                message.Timestamp = Microseconds(ref reader);
                break;
            case [(byte)'u']:
                message.UpdateId = Whole(ref reader);
                break;
            case [(byte)'U']:
                message.FirstUpdateId = Whole(ref reader);
                break;
            case [(byte)'p', (byte)'u']:
                message.PreviousUpdateId = Whole(ref reader);
                break;
            case [(byte)'b']:
                message.BidPrice = PriceOrLevels(ref reader, message.Bids, message);
                break;
            case [(byte)'a']:
                message.AskPrice = PriceOrLevels(ref reader, message.Asks, message);
                break;
            case [(byte)'B']:
                message.BidAmount = SideNumber(ref reader);
                break;
            case [(byte)'A']:
                message.AskAmount = SideNumber(ref reader);
                break;
            case [(byte)'p']:
                message.Price = Number(ref reader);
                break;
            case [(byte)'q']:
                message.Amount = Number(ref reader);
                break;
            case [(byte)'m']:
                reader.Read();
                message.IsSell = reader.TokenType == JsonTokenType.True;
                break;
            default:
                reader.Read();
                reader.Skip();
                break;
        }
    }

    /// <summary>The fields of a snapshot.</summary>
    private void ReadNamed(ref Utf8JsonReader reader, MarketMessage message)
    {
        if (reader.ValueTextEquals("lastUpdateId"u8))
        {
            message.UpdateId = Whole(ref reader);
            message.Kind = MessageKind.Snapshot;
        }
        else if (reader.ValueTextEquals("symbol"u8))
        {
            reader.Read();
            message.Symbol = ShortText(ref reader);
        }
        else if (reader.ValueTextEquals("bids"u8))
        {
            PriceOrLevels(ref reader, message.Bids, message);
        }
        else if (reader.ValueTextEquals("asks"u8))
        {
            PriceOrLevels(ref reader, message.Asks, message);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    /// <summary>Spot's quotes do not say what they are; their stream does.</summary>
    private static void Decide(MarketMessage message, bool hasEvent)
    {
        if (!hasEvent && message.Kind == MessageKind.Other && message.Stream.EndsWith("@bookTicker", StringComparison.Ordinal))
        {
            message.Kind = MessageKind.Quote;
        }

        var isWhole = message.Kind switch
        {
            MessageKind.Quote => message is { Symbol.Length: > 0, UpdateId: > 0 },
            MessageKind.Depth => message is { Symbol.Length: > 0, UpdateId: > 0, FirstUpdateId: > 0 },
            MessageKind.Trade => message.Symbol.Length > 0 && message.Price > 0 && message.Amount > 0,
            _ => true,
        };
        if (!isWhole)
        {
            throw new FormatException($"a {message.Kind.ToString().ToLowerInvariant()} lacks fields");
        }
    }

    private static MessageKind KindOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("bookTicker"u8) ? MessageKind.Quote
        : reader.ValueTextEquals("depthUpdate"u8) ? MessageKind.Depth
        : reader.ValueTextEquals("aggTrade"u8) ? MessageKind.Trade
        : reader.ValueTextEquals("serverShutdown"u8) ? MessageKind.Farewell
        : MessageKind.Other;

    /// <summary>The same few names come again and again: they are made once.</summary>
    private string ShortText(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[LongestName];
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > text.Length)
        {
            throw new FormatException("a name is no short text");
        }

        var name = text[..reader.CopyString(text)];
        return names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known)
            ? known
            : names[name.ToString()] = name.ToString();
    }

    private static long Whole(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw new FormatException("a number is not whole");

    /// <summary>A time that is given in milliseconds.</summary>
    private static long Microseconds(ref Utf8JsonReader reader) =>
        Whole(ref reader) is var milliseconds && milliseconds is >= 0 and <= long.MaxValue / 1000
            ? milliseconds * 1000
            : throw new FormatException("a time is no number of milliseconds");

    private static Int128 Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Value(ref reader);
    }

    /// <summary>A number of a side of a quote: a side without orders may have noughts, nothing or null.</summary>
    private static Int128 SideNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return IsNothing(ref reader) ? 0 : Value(ref reader);
    }

    private static bool IsNothing(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);

    private static Int128 Value(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && Exact.TryParse(reader.ValueSpan, out var value)
            ? value
            : throw new FormatException($"'{Encoding.UTF8.GetString(reader.ValueSpan)}' is not {Exact.Expected}");

    /// <summary>One price, or the levels of a side: then 0. In a trade it is the number of it.</summary>
    private static Int128 PriceOrLevels(ref Utf8JsonReader reader, List<BookLevel> levels, MarketMessage message)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            message.UpdateId = Math.Max(message.UpdateId, number);
            return 0;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return IsNothing(ref reader) ? 0 : Value(ref reader);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var price = Value(ref reader);
            reader.Read();
            levels.Add(new BookLevel(price, Value(ref reader)));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }
        }

        return 0;
    }
}
