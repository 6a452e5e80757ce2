namespace Tradepost.Trading.Features.Kinds;

/// <summary>
/// The average directional index over 14 hours, with plain means: the mean of 14 values of 100 · |up - down| / (up + down), with up and
/// down the sums of 14 directional movements, which are rises of H beyond the fall of L and the other way round.
/// </summary>
internal sealed class DirectionalIndex()
    : Feature("adx_14h", "mean over 14 hours of 100 * abs(sum(+DM) - sum(-DM)) / (sum(+DM) + sum(-DM)), sums over 14 hours", 2 * Hours - 1)
{
    private const int Hours = 14;

    protected override double Compute(HourlySeries series, int row)
    {
        Span<double> up = stackalloc double[LookBack];
        Span<double> down = stackalloc double[LookBack];
        for (var i = 0; i < up.Length; i++)
        {
            var at = row - up.Length + 1 + i;
            var (rise, fall) = (series.High[at] - series.High[at - 1], series.Low[at - 1] - series.Low[at]);
            up[i] = rise > fall && rise > 0 ? rise : 0;
            down[i] = fall > rise && fall > 0 ? fall : 0;
        }

        var sum = 0.0;
        for (var i = 0; i < Hours; i++)
        {
            var (rises, falls) = (Averages.Mean(up.Slice(i, Hours)), Averages.Mean(down.Slice(i, Hours)));
            sum += rises + falls > 0 ? 100 * Math.Abs(rises - falls) / (rises + falls) : 0;
        }

        return sum / Hours;
    }
}
