using System.Text;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Tests.Exchanges;

public sealed class BinanceExchangeTests
{
    private readonly BinanceExchange exchange = new(BinanceMarket.UsdFutures);
    private readonly MarketMessage message = new();

    [Fact]
    public void Every_frame_of_a_capture_is_read_and_its_quotes_counted()
    {
        var quotes = Capture
            .Read("usdm_btcusdt_20240808")
            .Count(line =>
            {
                exchange.Read(line.Frame, message);
                return message.Kind == MessageKind.Quote;
            });

        quotes.ShouldBe(66_089);
    }

    [Theory]
    [InlineData(
        """{"e":"bookTicker","u":400900217,"E":1568014460893,"T":1568014460891,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000","ps":"BNB","st":1}""",
        1_568_014_460_893_000
    )]
    [InlineData(
        """{"stream":"bnbusdt@bookTicker","data":{"u":400900217,"s":"BNBUSDT","b":"25.3519","B":"31.21","a":"25.3652","A":"40.66"}}""",
        0
    )]
    [InlineData(
        """{"data":{"A":"40.66","a":"25.3652","s":"BNBUSDT","B":"31.21","b":"25.3519","u":400900217,"x":{"y":[1]}},"stream":"bnbusdt@bookTicker"}""",
        0
    )]
    public void A_quote_is_read_in_every_market_s_form(string frame, long timestamp)
    {
        Read(frame);

        message.Kind.ShouldBe(MessageKind.Quote);
        (message.Symbol, message.UpdateId, message.Timestamp).ShouldBe(("BNBUSDT", 400_900_217, timestamp));
        (message.BidPrice, message.BidAmount, message.AskPrice, message.AskAmount).ShouldBe(
            (2_535_190_000, 3_121_000_000, 2_536_520_000, 4_066_000_000)
        );
    }

    [Fact]
    public void An_aggregate_trade_is_read_with_its_number_and_side()
    {
        Read(
            """{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1626992741062,"a":5933014,"s":"BTCUSDT","p":"0.001","q":"100","f":100,"l":105,"T":123456785,"m":true}}"""
        );

        (message.Kind, message.UpdateId, message.IsSell, message.Price, message.Amount).ShouldBe(
            (MessageKind.Trade, 5_933_014, true, 100_000, 10_000_000_000)
        );
    }

    [Fact]
    public void Acknowledgements_and_refusals_are_told_apart()
    {
        Read("""{"result":null,"id":1}""");
        message.Kind.ShouldBe(MessageKind.Acknowledgement);

        Read("""{"error":{"code":2,"msg":"Invalid request"},"id":3}""");
        message.Kind.ShouldBe(MessageKind.Refusal);
        message.Reason.ShouldContain("Invalid request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":1,\"s\":\"BTC")]
    [InlineData("""{"e":"bookTicker","u":1.5,"s":"BNBUSDT","b":"1","B":"1","a":"1","A":"1"}""")]
    [InlineData("""{"e":"bookTicker","s":"BNBUSDT","b":"1","B":"1","a":"1","A":"1"}""")]
    [InlineData("""{"e":"bookTicker","u":1,"s":"BNBUSDT","b":"1e5","B":"1","a":"1","A":"1"}""")]
    [InlineData("""{"stream":"btcusdt@bookTicker","data":null}""")]
    public void A_frame_that_is_not_the_exchanges_is_refused(string frame) => Should.Throw<FormatException>(() => Read(frame));

    [Fact]
    public void Quotes_and_trades_of_futures_are_had_at_their_own_routes()
    {
        exchange
            .StreamsOf("BTCUSDT", Subscription.Quotes | Subscription.Depth | Subscription.Trades)
            .ShouldBe([
                ("public", "btcusdt@bookTicker", Subscription.Quotes),
                ("public", "btcusdt@depth@100ms", Subscription.Depth),
                ("market", "btcusdt@aggTrade", Subscription.Trades),
            ]);
        exchange.StreamAddress("public").ShouldBe(new Uri("wss://fstream.binance.com/public/stream"));
        Encoding
            .UTF8.GetString(exchange.Subscribe(["btcusdt@bookTicker"], 1))
            .ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}""");
    }

    private void Read(string frame) => exchange.Read(Encoding.UTF8.GetBytes(frame), message);
}
