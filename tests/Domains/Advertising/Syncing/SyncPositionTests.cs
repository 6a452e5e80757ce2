using Tradepost.Advertising.Syncing;

namespace Tradepost.Advertising.Tests.Syncing;

public sealed class SyncPositionTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Fact]
    public void A_first_sync_asks_for_twenty_eight_days() =>
        SyncPosition.Begin(last: null, since: null, Today).ShouldBe(new SyncPosition(Today.AddDays(-27), Today, null));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void Behind_a_whole_sync_nothing_that_could_be_restated_is_left_out(int days)
    {
        var last = new SyncPosition(new DateOnly(2026, 1, 1), Today.AddDays(-days), Today.AddDays(-days));

        SyncPosition.Begin(last, since: null, Today).ShouldBe(new SyncPosition(Today.AddDays(-27 - days), Today, null));
        SyncPosition.Begin(last, since: Today, Today).ShouldBe(new SyncPosition(Today.AddDays(-27 - days), Today, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void A_sync_that_was_stopped_leaves_no_days_out_however_much_later_it_goes_on(int? done)
    {
        var begun = Today.AddDays(-200);
        var last = new SyncPosition(begun, Today.AddDays(-50), done is { } ago ? Today.AddDays(-ago) : null);

        SyncPosition.Begin(last, since: null, Today).Next.ShouldBe(done is null ? begun : Today.AddDays(-99));
        SyncPosition.Begin(last, since: Today.AddDays(-3), Today).Next.ShouldBe(done is null ? begun : Today.AddDays(-99));
    }

    [Fact]
    public void On_the_same_day_it_goes_on_behind_what_it_wrote_unless_earlier_days_are_asked_for()
    {
        var last = new SyncPosition(Today.AddDays(-27), Today, Today.AddDays(-14));

        SyncPosition.Begin(last, since: null, Today).ShouldBe(last);
        SyncPosition.Begin(last, since: Today.AddDays(-27), Today).ShouldBe(last);
        SyncPosition.Begin(last, since: Today.AddDays(-90), Today).ShouldBe(new SyncPosition(Today.AddDays(-90), Today, null));
    }
}
