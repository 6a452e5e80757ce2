namespace Tradepost.Trading.Features.Kinds;

/// <summary>The day of the week (UTC) on which the row is known: 0 on Mondays to 6 on Sundays.</summary>
internal sealed class Weekday() : Feature("weekday", "weekday of feature_time, UTC, 0 on Mondays", 0)
{
    protected override double Compute(HourlySeries series, int row) => Clock.WeekdayOf(series.EndOf(row));
}
