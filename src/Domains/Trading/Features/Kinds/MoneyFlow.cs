namespace Tradepost.Trading.Features.Kinds;

/// <summary>
/// The money flow index over 14 hours: the part of P · V, with P = (H + L + C) / 3, of hours in which P rose, in percent of those in which
/// it rose or fell. 50 where none did.
/// </summary>
internal sealed class MoneyFlow()
    : Feature("mfi_14h", "100 * sum(P*V where P rose) / sum(P*V where P rose or fell) over 14 hours, P = (H + L + C) / 3", Hours)
{
    private const int Hours = 14;

    protected override double Compute(HourlySeries series, int row)
    {
        var (up, down) = (0.0, 0.0);
        for (var i = row - Hours + 1; i <= row; i++)
        {
            var (typical, before) = (Typical(series, i), Typical(series, i - 1));
            var flow = typical * series.Volume[i];
            up += typical > before ? flow : 0;
            down += typical < before ? flow : 0;
        }

        return up + down > 0 ? 100 * up / (up + down)
            : double.IsNaN(series.Volume[row]) ? double.NaN
            : 50;
    }

    private static double Typical(HourlySeries series, int row) => (series.High[row] + series.Low[row] + series.Close[row]) / 3;
}
