namespace Tradepost.Trading.Features.Kinds;

/// <summary>
/// The mean log return of the other symbols over the last hours. Those count whose own hour is whole and whose look-back is there; without
/// any it is not known.
/// </summary>
internal sealed class MarketReturn(int hours)
    : Feature($"market_return_{hours}h", $"mean over the other symbols of ln(C[t] / C[t-{hours}])", hours)
{
    protected override double Compute(HourlySeries series, int row)
    {
        var (sum, count) = (0.0, 0);
        foreach (var other in series.Others)
        {
            var at = other.RowOf(series.EndOf(row));
            if (at >= 0 && other.Reaches(at, LookBack))
            {
                sum += other.LogClose[at] - other.LogClose[at - LookBack];
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
