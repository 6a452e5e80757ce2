using Tradepost.Jobs.Queue;

namespace Tradepost.Jobs.Tests.Queue;

public sealed class LeaseWatchTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly DateTime Start = new(2026, 3, 28, 12, 0, 0);

    private readonly SteppingClock clock = new();
    private readonly LeaseWatch watch;

    public LeaseWatchTests() => watch = new LeaseWatch(clock, Length);

    [Fact]
    public void A_lease_runs_out_when_it_has_stood_unchanged_for_its_length()
    {
        var held = new HeldLease(Guid.NewGuid(), 1, Start);

        var looks = Look(10, _ => held);

        looks.TakeWhile(expired => expired.Count == 0).Count().ShouldBe(8); // seven beats are 14 seconds
        looks[8].ShouldBe([held]);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void What_is_renewed_does_not_run_out_wherever_the_clock_of_the_store_jumps(int seconds)
    {
        var run = Guid.NewGuid();

        Look(40, look => new HeldLease(run, 1, Start.AddSeconds((2 * look) + (look > 20 ? seconds : 0))))
            .ShouldAllBe(expired => expired.Count == 0);
    }

    [Fact]
    public void A_new_claim_of_the_same_run_is_a_lease_of_its_own()
    {
        var run = Guid.NewGuid();

        Look(12, look => new HeldLease(run, look / 6, Start)).ShouldAllBe(expired => expired.Count == 0);
    }

    [Fact]
    public void Who_has_slept_watches_anew()
    {
        var held = new HeldLease(Guid.NewGuid(), 1, Start);
        Look(4, _ => held);

        clock.Pass(TimeSpan.FromHours(1));

        watch.FindExpired([held], Start).ShouldBeEmpty();
        Look(9, _ => held)[^1].ShouldBe([held]);
    }

    [Fact]
    public void Nobody_could_renew_anything_while_the_server_was_down()
    {
        var held = new HeldLease(Guid.NewGuid(), 1, Start);
        Look(7, _ => held);

        clock.Pass(Beat);

        watch.FindExpired([held], Start.AddMinutes(1)).ShouldBeEmpty();
    }

    private List<IReadOnlyList<HeldLease>> Look(int times, Func<int, HeldLease> held) =>
        [
            .. Enumerable
                .Range(0, times)
                .Select(look =>
                {
                    var expired = watch.FindExpired([held(look)], Start);
                    clock.Pass(Beat);
                    return expired;
                }),
        ];

    /// <summary>Only its timestamps pass: nothing else may be asked for.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => now += time.Ticks;

        public override long GetTimestamp() => now;

        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("The clock that jumps was asked.");
    }
}
