using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.Quotes;

public sealed class QuoteRecordsTests
{
    [Fact]
    public void Quotes_trades_and_gaps_are_read_as_they_were_written()
    {
        var quote = new Quote(
            "binance-futures",
            "BTCUSDT",
            5_123_107_837_557,
            1_723_161_256_313_000,
            1_723_161_255_088_169,
            251_000_000,
            6_180_030_000_000,
            6_180_020_000_000,
            250_700_000
        );
        var trade = new Trade("binance-futures", "1000SHIBUSDT", 77, 1, 2, IsSell: true, 3, 4);
        var gap = new Gap("binance", "ÄBC", "quotes", 5, 6, 7, 8, GapReason.Silent);
        var records = new QuoteRecords();
        var buffer = new byte[256];

        records.ReadQuote(buffer.AsSpan(0, QuoteRecords.Write(buffer, quote))).ShouldBe(quote);
        records.ReadTrade(buffer.AsSpan(0, QuoteRecords.Write(buffer, trade))).ShouldBe(trade);
        records.ReadGap(buffer.AsSpan(0, QuoteRecords.Write(buffer, gap))).ShouldBe(gap);
        QuoteRecords.KindOf(buffer).ShouldBe(RecordKind.Gap);
    }
}
