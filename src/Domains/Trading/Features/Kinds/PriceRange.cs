namespace Tradepost.Trading.Features.Kinds;

/// <summary>The highest less the lowest price of the last hours in parts of the close: (max H - min L) / C.</summary>
internal sealed class PriceRange(int hours)
    : Feature(
        $"range_{hours}h",
        hours == 1 ? "(H[t] - L[t]) / C[t]" : $"(max(H[t-{hours - 1}..t]) - min(L[t-{hours - 1}..t])) / C[t]",
        hours - 1
    )
{
    protected override double Compute(HourlySeries series, int row)
    {
        var (high, low) = (series.High[row], series.Low[row]);
        for (var i = row - LookBack; i < row; i++)
        {
            high = Math.Max(high, series.High[i]);
            low = Math.Min(low, series.Low[i]);
        }

        return (high - low) / series.Close[row];
    }
}
