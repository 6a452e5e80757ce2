using Tradepost.Trading.Returns;

namespace Tradepost.Trading.Tests.Returns;

public sealed class LogReturnsTests
{
    [Fact]
    public void A_label_is_the_log_of_the_close_so_many_hours_later_over_the_close()
    {
        var series = HourlyRows.Made(200);

        var labels = LogReturns.Of(series, 6);

        for (var t = 0; t < 194; t++)
        {
            labels[t].ShouldBe(Math.Log(series.Closes[t + 6] / series.Closes[t]));
        }
    }

    [Fact]
    public void The_last_rows_have_no_label()
    {
        var labels = LogReturns.Of(HourlyRows.Made(200), 24);

        labels[175].ShouldNotBe(double.NaN);
        labels[176..].ShouldAllBe(label => double.IsNaN(label));
    }

    [Fact]
    public void No_label_touches_a_candle_that_is_missing()
    {
        var series = HourlyRows.Made(200);
        series = series with { Whole = [.. series.Whole.Select((_, t) => t != 100)] };

        var labels = LogReturns.Of(series, 6);

        labels[93].ShouldNotBe(double.NaN);
        labels[94..101].ShouldAllBe(label => double.IsNaN(label));
        labels[101].ShouldNotBe(double.NaN);
    }

    [Fact]
    public void Persistence_repeats_the_hours_before_and_says_nothing_where_one_is_missing()
    {
        var series = HourlyRows.Made(200);
        series = series with { Whole = [.. series.Whole.Select((_, t) => t != 100)] };

        var before = LogReturns.Before(series, 6);

        before[50].ShouldBe(Math.Log(series.Closes[50] / series.Closes[44]));
        before[100..107].ShouldAllBe(value => value == 0);
        before[107].ShouldBe(Math.Log(series.Closes[107] / series.Closes[101]));
    }
}
