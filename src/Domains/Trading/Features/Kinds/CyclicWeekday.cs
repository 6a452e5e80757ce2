namespace Tradepost.Trading.Features.Kinds;

/// <summary>The day of the week on a circle, so that Sunday and Monday are neighbours: the sine or the cosine of 2π · weekday / 7.</summary>
internal sealed class CyclicWeekday(bool isSine)
    : Feature(isSine ? "weekday_sin" : "weekday_cos", $"{(isSine ? "sin" : "cos")}(2 * pi * weekday / 7)", 0)
{
    protected override double Compute(HourlySeries series, int row) =>
        Clock.OnCircle(Clock.WeekdayOf(series.EndOf(row)), Clock.Days, isSine);
}
