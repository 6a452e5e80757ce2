using System.Text.Json;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// The exchanges of a file of quotes, as one server in this process speaks for them: Binance's frames, a stream for each exchange and
/// symbol, and each quote's time to the microsecond beside them.
/// </summary>
/// <param name="markets">Which symbols of which exchanges there are.</param>
/// <param name="stream">Where the server is; null while only streams are named.</param>
internal sealed class TapedExchange(IReadOnlyCollection<(string Exchange, string Symbol)> markets, Uri? stream = null) : Exchange
{
    // No name has one.
    private const char Separator = ',';
    private const string Suffix = "@bookTicker";

    // Its protocol is the same everywhere; the address is not asked of it.
    private readonly BinanceExchange frames = new(BinanceMarket.Spot);

    public override string Name => markets.Select(market => market.Exchange).Distinct().ToList() is [var only] ? only : "the recording";

    public override bool IsChained => false;

    public override bool HasUpdateIds => false;

    public override Exchange At(Uri? stream = null, Uri? rest = null) => new TapedExchange(markets, stream);

    public override bool HasUpperCaseSymbols(ReadOnlySpan<byte> exchange) => ExchangeList.AreUpperCase(exchange);

    public override IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription) =>
        subscription.HasFlag(Subscription.Quotes)
            ? markets
                .Where(market => market.Symbol == symbol)
                .Select(market => ("", StreamOfRecorded(market.Exchange, market.Symbol), Subscription.Quotes))
            : [];

    public override string NameOf(string stream) => stream[..stream.IndexOf(Separator, StringComparison.Ordinal)];

    public override string StreamOfRecorded(string exchange, string symbol) => $"{exchange}{Separator}{symbol}{Suffix}";

    public override Uri StreamAddress(string route) =>
        new(stream ?? throw new InvalidOperationException("Only the streams of a recording were asked for."), "stream");

    public override Uri SnapshotAddress(string symbol) => throw new NotSupportedException("A file of quotes has no order books.");

    public override byte[] Subscribe(IReadOnlyCollection<string> streams, int id) => frames.Subscribe(streams, id);

    public override void Read(ReadOnlySpan<byte> frame, MarketMessage message)
    {
        frames.Read(frame, message);
        if (message.Kind == MessageKind.Quote)
        {
            message.Timestamp = TimeOf(frame);
        }
    }

    public override BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer) =>
        throw new NotSupportedException("A file of quotes has no order books.");

    public override ServedSubscription? ReadSubscription(ReadOnlyMemory<byte> request) => frames.ReadSubscription(request);

    public override byte[] WriteQuote(string stream, long number, in Quote quote) => frames.WriteQuote(stream, number, quote);

    private static long TimeOf(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isTime = reader.ValueTextEquals(BinanceExchange.MicrosecondsField);
                reader.Read();
                if (isTime)
                {
                    return reader.GetInt64();
                }

                reader.Skip();
            }
        }

        throw new FormatException("a recorded quote has no time");
    }
}
