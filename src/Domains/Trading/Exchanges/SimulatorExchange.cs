using System.Text;
using System.Text.Json;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Exchanges;

/// <summary>
/// The protocol of the built-in market: quotes as arrays <c>["quote:SYMBOL", number, microseconds, "bid", "amount", "ask", "amount"]</c>,
/// changes of order books as <c>["depth:SYMBOL", first number, last number, microseconds, [["bid", "amount"], …], [["ask", "amount"],
/// …]]</c>, snapshots, requests and acknowledgements as objects.
/// </summary>
internal sealed class SimulatorExchange(Uri? stream = null) : Exchange
{
    public const string ExchangeName = "simulator";

    private const string Prefix = "quote:";

    // A symbol of twenty characters, each written as two escapes, and the prefix.
    private const int LongestName = 512;
    private const string BookPrefix = "depth:";

    private readonly Dictionary<string, (string Stream, string Symbol)> names = new(StringComparer.Ordinal);

    public override string Name => ExchangeName;

    public override bool IsChained => false;

    private Uri Market => stream ?? throw new InvalidOperationException("A simulated market has an address once it is open.");

    public override Exchange At(Uri? stream = null, Uri? rest = null) => new SimulatorExchange(stream);

    public static string StreamOf(string symbol) => Prefix + symbol;

    public static string BookStreamOf(string symbol) => BookPrefix + symbol;

    public override IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription)
    {
        if (subscription.HasFlag(Subscription.Quotes))
        {
            yield return ("", StreamOf(symbol), Subscription.Quotes);
        }

        if (subscription.HasFlag(Subscription.Depth))
        {
            yield return ("", BookStreamOf(symbol), Subscription.Depth);
        }
    }

    public override Uri StreamAddress(string route) => Market;

    // Streams and snapshots are had at one port.
    public override Uri SnapshotAddress(string symbol) =>
        new($"{(Market.Scheme == "wss" ? "https" : "http")}://{Market.Authority}/depth?symbol={Uri.EscapeDataString(symbol)}");

    public override byte[] Subscribe(IReadOnlyCollection<string> streams, int id) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                op = "subscribe",
                id,
                topics = streams,
            }
        );

    public override ServedSubscription? ReadSubscription(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request);
        return new ServedSubscription(
            [.. document.RootElement.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!)],
            JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribed", id = document.RootElement.GetProperty("id").GetInt64() })
        );
    }

    public override byte[] RefuseSnapshot(bool isTooMany) => """{"op":"refused","reason":"there is no such symbol"}"""u8.ToArray();

    public override void Read(ReadOnlySpan<byte> frame, MarketMessage message)
    {
        message.Clear();
        var reader = new Utf8JsonReader(frame);
        try
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    ReadUpdate(ref reader, message);
                    break;
                case JsonTokenType.StartObject:
                    ReadNotice(ref reader, message);
                    break;
                default:
                    throw new FormatException("a frame is neither a quote nor a notice");
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"a frame is no JSON: {e.Message}", e);
        }
    }

    public override BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return
                root.TryGetProperty("last", out var last)
                && root.TryGetProperty("bids", out var bids)
                && root.TryGetProperty("asks", out var asks)
                ? new BookSnapshot(last.GetInt64(), [.. bids.EnumerateArray().Select(Level)], [.. asks.EnumerateArray().Select(Level)])
                : throw new FormatException($"a snapshot lacks its number or a side: {root}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"a snapshot is not one: {e.Message}", e);
        }
    }

    private static BookLevel Level(JsonElement level) =>
        level.GetArrayLength() == 2
            ? new BookLevel(Number(level[0]), Number(level[1]))
            : throw new FormatException($"{level} is no price and amount");

    private static Int128 Number(JsonElement text) =>
        Exact.TryParse(Encoding.UTF8.GetBytes(text.GetString() ?? ""), out var value)
            ? value
            : throw new FormatException($"{text} is no decimal");

    private void ReadUpdate(ref Utf8JsonReader reader, MarketMessage message)
    {
        reader.Read();
        (message.Stream, message.Symbol) = StreamName(ref reader);
        if (message.Stream.StartsWith(BookPrefix, StringComparison.Ordinal))
        {
            ReadChange(ref reader, message);
        }
        else
        {
            ReadQuote(ref reader, message);
        }
    }

    private static void ReadChange(ref Utf8JsonReader reader, MarketMessage message)
    {
        message.FirstUpdateId = Whole(ref reader);
        message.UpdateId = Whole(ref reader);
        message.Timestamp = Whole(ref reader);
        ReadLevels(ref reader, message.Bids);
        ReadLevels(ref reader, message.Asks);
        message.Kind =
            reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? MessageKind.Depth
                : throw new FormatException("a change has more than its six fields");
    }

    private static void ReadLevels(ref Utf8JsonReader reader, List<BookLevel> levels)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("a change lacks a side");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            levels.Add(new BookLevel(Number(ref reader), Number(ref reader)));
            if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            {
                throw new FormatException("a level is more than a price and an amount");
            }
        }
    }

    private static void ReadQuote(ref Utf8JsonReader reader, MarketMessage message)
    {
        message.UpdateId = Whole(ref reader);
        message.Timestamp = Whole(ref reader);
        message.BidPrice = Number(ref reader);
        message.BidAmount = Number(ref reader);
        message.AskPrice = Number(ref reader);
        message.AskAmount = Number(ref reader);
        message.Kind =
            reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? MessageKind.Quote
                : throw new FormatException("a quote has more than its seven fields");
    }

    private static void ReadNotice(ref Utf8JsonReader reader, MarketMessage message)
    {
        using var notice = JsonDocument.ParseValue(ref reader);
        var op = notice.RootElement.TryGetProperty("op", out var value) ? value.GetString() : null;
        (message.Kind, message.Reason) = op switch
        {
            "subscribed" => (MessageKind.Acknowledgement, ""),
            "refused" => (MessageKind.Refusal, notice.RootElement.ToString()),
            _ => (MessageKind.Other, ""),
        };
    }

    /// <summary>The same few names come again and again: they are made once.</summary>
    private (string Stream, string Symbol) StreamName(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[LongestName];
        if (
            reader.TokenType != JsonTokenType.String
            || reader.ValueSpan.Length > text.Length
            || !(reader.ValueSpan.StartsWith("quote:"u8) || reader.ValueSpan.StartsWith("depth:"u8))
        )
        {
            throw new FormatException("an update does not begin with its stream");
        }

        var name = text[..reader.CopyString(text)];
        var byName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        return byName.TryGetValue(name, out var known)
            ? known
            : names[name.ToString()] = (name.ToString(), name[Prefix.Length..].ToString());
    }

    private static long Whole(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw new FormatException("a number is not whole");

    private static Int128 Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && Exact.TryParse(reader.ValueSpan, out var value)
            ? value
            : throw new FormatException($"'{Encoding.UTF8.GetString(reader.ValueSpan)}' is not {Exact.Expected}");
}
