using System.Text;
using System.Text.Json;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Tests.Exchanges;

/// <summary>
/// An exchange that there is not, unlike the others: its quotes are arrays (<c>["q", symbol, number, microseconds, bid, amount, ask, amount]</c>), and
/// each symbol counts them without leaving a number out.
/// </summary>
internal sealed class MadeUpExchange(Uri? stream = null) : Exchange
{
    private const string Prefix = "quotes/";

    public override string Name => "made-up";

    public override bool IsChained => false;

    public override Exchange At(Uri? stream = null, Uri? rest = null) => new MadeUpExchange(stream);

    public override IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription) =>
        subscription.HasFlag(Subscription.Quotes) ? [("", Prefix + symbol, Subscription.Quotes)] : [];

    public override string SymbolOf(string stream) => stream[Prefix.Length..];

    public override Uri StreamAddress(string route) => stream ?? throw new InvalidOperationException("It is nowhere.");

    public override Uri SnapshotAddress(string symbol) => throw new NotSupportedException("It has no order books.");

    public override byte[] Subscribe(IReadOnlyCollection<string> streams, int id) =>
        JsonSerializer.SerializeToUtf8Bytes(new object[] { "subscribe", id, streams });

    public override void Read(ReadOnlySpan<byte> frame, MarketMessage message)
    {
        message.Clear();
        try
        {
            var reader = new Utf8JsonReader(frame);
            using var document = JsonDocument.ParseValue(ref reader);
            switch (document.RootElement.EnumerateArray().ToList())
            {
                case [var kind, _] when kind.GetString() == "subscribed":
                    message.Kind = MessageKind.Acknowledgement;
                    break;
                case [var kind, var symbol, var number, var time, .. [_, _, _, _] sides] when kind.GetString() == "q":
                    (message.Kind, message.Symbol, message.Stream) = (MessageKind.Quote, symbol.GetString()!, Prefix + symbol.GetString());
                    (message.UpdateId, message.Timestamp) = (number.GetInt64(), time.GetInt64());
                    (message.BidPrice, message.BidAmount) = (Units(sides[0]), Units(sides[1]));
                    (message.AskPrice, message.AskAmount) = (Units(sides[2]), Units(sides[3]));
                    break;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"a frame is no quote: {e.Message}", e);
        }
    }

    public override BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer) => throw new NotSupportedException("It has no order books.");

    public override bool Follows(MarketMessage message, long last) => last == 0 || message.UpdateId <= last + 1;

    public override ServedSubscription? ReadSubscription(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request);
        var (id, streams) = (document.RootElement[1].GetInt32(), document.RootElement[2]);
        return new ServedSubscription(
            [.. streams.EnumerateArray().Select(name => name.GetString()!)],
            JsonSerializer.SerializeToUtf8Bytes(new object[] { "subscribed", id })
        );
    }

    private static Int128 Units(JsonElement text) =>
        Exact.TryParse(Encoding.UTF8.GetBytes(text.GetString() ?? ""), out var value)
            ? value
            : throw new FormatException($"{text} is no decimal");
}
