using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests.Support;

public sealed class ManualTimeTests
{
    [Fact]
    public async Task A_delay_ends_when_the_clock_has_been_moved_far_enough()
    {
        var time = new ManualTime();

        var delay = Task.Delay(TimeSpan.FromMinutes(5), time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(4));
        delay.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }

    [Fact]
    public void Periodic_timers_fire_in_the_order_they_are_due()
    {
        var time = new ManualTime();
        var fired = new List<string>();

        using var slow = time.CreateTimer(_ => fired.Add("slow"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var fast = time.CreateTimer(_ => fired.Add("fast"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe(["fast", "slow", "fast"]);
    }

    [Fact]
    public async Task Delays_can_be_skipped_and_still_move_the_clock()
    {
        var time = new ManualTime { SkipsDelays = true };
        var start = time.GetUtcNow();

        await Task.Delay(TimeSpan.FromHours(1), time, TestContext.Current.CancellationToken);

        (time.GetUtcNow() - start).ShouldBe(TimeSpan.FromHours(1));
    }
}
