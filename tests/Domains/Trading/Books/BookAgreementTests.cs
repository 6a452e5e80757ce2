using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Tests.Books;

public sealed class BookAgreementTests
{
    [Theory]
    [InlineData("usdm_btcusdt_20240808", "binance-futures", 6_547, 6_547)]
    [InlineData("cm_btcusd_perp_20240808", "binance-delivery", 26_824, 26_824)]
    [InlineData("spot_btcusdt_20240808", "binance", 3_449, 3_449)]
    public void The_book_rebuilt_from_a_capture_is_what_the_quotes_say(string capture, string market, long compared, long agreed)
    {
        var exchange = ExchangeList.All.Named(market);
        var (agreement, message) = (new BookAgreement(), new MarketMessage());
        var book = new LiveBook(exchange.IsChained) { Applied = agreement.Change };

        foreach (var (_, frame) in Capture.Read(capture))
        {
            exchange.Read(frame, message);
            if (message.Kind == MessageKind.Quote)
            {
                agreement.Quote(
                    message.UpdateId,
                    new BookLevel(message.BidPrice, message.BidAmount),
                    new BookLevel(message.AskPrice, message.AskAmount)
                );
            }
            else if (message.Kind == MessageKind.Depth)
            {
                book.Apply(message).ShouldNotBe(BookStep.Broken);
            }
            else if (message.Bids.Count > 0)
            {
                book.Begin(exchange.ReadSnapshot(frame)).ShouldBeTrue();
            }
        }

        agreement.Complete();
        (agreement.Agreed, agreement.Compared).ShouldBe((agreed, compared));
    }
}
