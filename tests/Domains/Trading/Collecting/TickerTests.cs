using Tradepost.Trading.Collecting;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.Collecting;

public sealed class TickerTests
{
    private const long Second = 1_000_000;
    private const long Began = 1_700_000_000 * Second;

    private readonly Ticker ticker = new();

    [Fact]
    public void It_counts_the_quotes_of_the_last_sixty_seconds()
    {
        for (var i = 0; i < 100; i++)
        {
            Add(i * Second);
            Add((i * Second) + 1);
        }

        ticker.PerMinute(Began + (99 * Second)).ShouldBe(120);
        ticker.PerMinute(Began + (109 * Second)).ShouldBe(100);
        ticker.PerMinute(Began + (1_000 * Second)).ShouldBe(0);
    }

    [Fact]
    public void A_clock_that_goes_back_loses_no_quote()
    {
        Add(5 * Second);
        Add(0);

        ticker.PerMinute(Began + (5 * Second)).ShouldBe(2);
        ticker.Last.LocalTimestamp.ShouldBe(Began);
    }

    private void Add(long after) => ticker.Add(new Quote("simulator", "SIM01", 1, Began + after, Began + after, 1, 1, 1, 1), number: 1);
}
