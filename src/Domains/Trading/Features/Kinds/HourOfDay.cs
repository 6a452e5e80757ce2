namespace Tradepost.Trading.Features.Kinds;

/// <summary>The hour of the day (UTC) at which the row is known: 0 to 23.</summary>
internal sealed class HourOfDay() : Feature("hour", "hour of feature_time, UTC", 0)
{
    protected override double Compute(HourlySeries series, int row) => Clock.HourOf(series.EndOf(row));
}
