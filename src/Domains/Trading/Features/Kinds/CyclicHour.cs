namespace Tradepost.Trading.Features.Kinds;

/// <summary>The hour of the day on a circle, so that 23 and 0 are neighbours: the sine or the cosine of 2π · hour / 24.</summary>
internal sealed class CyclicHour(bool isSine)
    : Feature(isSine ? "hour_sin" : "hour_cos", $"{(isSine ? "sin" : "cos")}(2 * pi * hour / 24)", 0)
{
    protected override double Compute(HourlySeries series, int row) => Clock.OnCircle(Clock.HourOf(series.EndOf(row)), Clock.Hours, isSine);
}
