namespace Tradepost.Trading.Features.Kinds;

/// <summary>The part of the volume that takers bought, where the data say it: B / V, a half where nothing was traded.</summary>
internal sealed class TakerBuyRatio() : Feature("taker_buy_ratio", "B[t] / V[t], B bought by takers; 0.5 where V is 0", 0)
{
    private const double Even = 0.5;

    protected override double Compute(HourlySeries series, int row) =>
        series.Volume[row] == 0 ? Even : series.TakerBuyVolume[row] / series.Volume[row];
}
