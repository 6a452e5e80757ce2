namespace Tradepost.Trading.Features.Kinds;

/// <summary>The root of the mean squared log return of an hour over the last hours: sqrt(mean(r²)).</summary>
internal sealed class RealisedVolatility(int hours) : Feature($"volatility_{hours}h", $"sqrt(mean(r[t-{hours - 1}..t]^2))", hours)
{
    protected override double Compute(HourlySeries series, int row)
    {
        var sum = 0.0;
        for (var i = row - LookBack + 1; i <= row; i++)
        {
            var change = series.LogClose[i] - series.LogClose[i - 1];
            sum += change * change;
        }

        return Math.Sqrt(sum / LookBack);
    }
}
