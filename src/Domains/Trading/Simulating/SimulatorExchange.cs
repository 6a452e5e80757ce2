using System.Text;
using System.Text.Json;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// The protocol of the built-in market: quotes as arrays <c>["quote:SYMBOL", number, microseconds, "bid", "amount", "ask", "amount"]</c>, requests and
/// acknowledgements as objects with an <c>op</c>.
/// </summary>
internal sealed class SimulatorExchange(Uri stream) : Exchange
{
    private const string Prefix = "quote:";

    private readonly Dictionary<string, (string Stream, string Symbol)> names = new(StringComparer.Ordinal);

    public override string Name => "simulator";

    public override bool IsChained => false;

    public static string StreamOf(string symbol) => Prefix + symbol;

    public override IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription)
    {
        if (subscription.HasFlag(Subscription.Quotes))
        {
            yield return ("", StreamOf(symbol), Subscription.Quotes);
        }
    }

    public override Uri StreamAddress(string route) => stream;

    public override Uri SnapshotAddress(string symbol) => throw new NotSupportedException("The simulator has no order books.");

    public override byte[] Subscribe(IReadOnlyCollection<string> streams, int id) => JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribe", id, topics = streams });

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
                    ReadQuote(ref reader, message);
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

    public override BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer) => throw new NotSupportedException("The simulator has no order books.");

    private void ReadQuote(ref Utf8JsonReader reader, MarketMessage message)
    {
        reader.Read();
        (message.Stream, message.Symbol) = StreamName(ref reader);
        message.UpdateId = Whole(ref reader);
        message.Timestamp = Whole(ref reader);
        message.BidPrice = Number(ref reader);
        message.BidAmount = Number(ref reader);
        message.AskPrice = Number(ref reader);
        message.AskAmount = Number(ref reader);
        message.Kind = reader.Read() && reader.TokenType == JsonTokenType.EndArray ? MessageKind.Quote : throw new FormatException("a quote has more than its seven fields");
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
        Span<char> text = stackalloc char[64];
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > text.Length || !reader.ValueSpan.StartsWith("quote:"u8))
        {
            throw new FormatException("a quote does not begin with its stream");
        }

        var name = text[..reader.CopyString(text)];
        var byName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        return byName.TryGetValue(name, out var known) ? known : names[name.ToString()] = (name.ToString(), name[Prefix.Length..].ToString());
    }

    private static long Whole(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw new FormatException("a number is not whole");

    private static long Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && Exact.TryParse(reader.ValueSpan, out var value)
            ? value
            : throw new FormatException($"'{Encoding.UTF8.GetString(reader.ValueSpan)}' is no decimal of at most 10 and {Exact.Places} places");
}
