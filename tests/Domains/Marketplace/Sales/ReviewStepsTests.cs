using Tradepost.Marketplace.Sales;

namespace Tradepost.Marketplace.Tests.Sales;

public sealed class ReviewStepsTests
{
    [Theory]
    [InlineData("10 12 12 15", 5, 0)]
    [InlineData("10 500 12 15", 5, 0)]
    [InlineData("10 11 500 510 12 15", 5, 0)]
    [InlineData("10 12 3 15", 5, 0)]
    [InlineData("10 12 3 4 15", 5, 0)]
    [InlineData("100 102 60 63 65", 7, 42)]
    [InlineData("100 60", 0, 40)]
    [InlineData("50 100 100 100 100 60 101", 51, 0)]
    [InlineData("100 110 90 93 96 99 102 105 108 111 114", 34, 20)]
    [InlineData("10", 0, 0)]
    [InlineData("", 0, 0)]
    public void A_rise_taken_back_and_a_fall_made_good_count_for_nothing_and_a_fall_that_stays_is_a_purge(
        string counter,
        double reviews,
        double purged
    )
    {
        var seen = counter
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((value, day) => new Observation(day, double.Parse(value)))
            .ToArray();

        var count = ReviewSteps.Count(seen);

        (count.Reviews, count.Purged, count.Days).ShouldBe((reviews, purged, Math.Max(0, seen.Length - 1)));
    }

    [Fact]
    public void A_gap_is_spread_over_its_days()
    {
        var count = ReviewSteps.Count([new Observation(100, 40), new Observation(110, 60)]);

        count.In(1).ShouldBe(2);
        count.In(30).ShouldBe(60);
    }
}
