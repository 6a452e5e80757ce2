using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Late = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(-2)).AddTicks(12_345_678);

    [Fact]
    public void Now_is_told_in_UTC_to_the_microsecond_in_either_form()
    {
        var clock = new ManualTime(Late);

        clock.UtcMoment().ShouldBe(new DateTime(2026, 2, 1, 1, 30, 0).AddTicks(12_345_670));
        clock.UtcMoment().Kind.ShouldBe(DateTimeKind.Unspecified);
        Moment.ToDateTime(clock.Microseconds()).ShouldBe(clock.UtcMoment());
    }

    [Fact]
    public void Microseconds_count_from_1970_and_back()
    {
        Moment.Of(DateTime.UnixEpoch).ShouldBe(0);
        Moment.Of(new DateOnly(1970, 1, 2)).ShouldBe(Moment.Day);
        Moment.ToDateTime(-Moment.Second).ShouldBe(new DateTime(1969, 12, 31, 23, 59, 59));
        Moment.DayOf(Moment.Of(new DateOnly(2026, 1, 31)) + Moment.Hour).ShouldBe(new DateOnly(2026, 1, 31));
        Should.Throw<OverflowException>(() => Moment.ToDateTime(Moment.Never));
    }
}
