namespace Tradepost.Trading.Features.Kinds;

/// <summary>The change of the close over three days: C[t] / C[t-72] - 1.</summary>
internal sealed class RateOfChange() : Feature("roc_72h", "C[t] / C[t-72] - 1", Hours)
{
    private const int Hours = 72;

    protected override double Compute(HourlySeries series, int row) => (series.Close[row] / series.Close[row - Hours]) - 1;
}
