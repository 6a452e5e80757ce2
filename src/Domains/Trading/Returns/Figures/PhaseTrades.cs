namespace Tradepost.Trading.Returns.Figures;

/// <summary>
/// What acting on forecasts would have brought: a position for as long as the horizon, then the next. There are as many hours to enter at
/// as the horizon has, and figures are averaged over them, because those of one alone say little.
/// </summary>
/// <param name="Gross">The Sharpe ratio of a year before costs; null where no entry hour has one.</param>
/// <param name="Net">The same after costs.</param>
/// <param name="Turnover">Mean change of position at an entry.</param>
/// <param name="Drawdown">The greatest fall of the sum of net returns from a height before.</param>
internal sealed record PhaseTrades(double? Gross, double? Net, double? Turnover, double? Drawdown)
{
    private const double HoursOfYear = 365 * 24;

    /// <summary>Trades by the sign of forecasts whose size is above a least one; otherwise there is no position.</summary>
    public static PhaseTrades Of(JudgedReturns judged, int horizon, double cost, double least)
    {
        var phases = judged
            .Times.Select((time, i) => (Phase: Entry.PhaseOf(time, horizon), Row: i))
            .GroupBy(pair => pair.Phase)
            .OrderBy(phase => phase.Key)
            .Select(phase => Trade(judged, [.. phase.Select(pair => pair.Row)], horizon, cost, least))
            .ToList();
        return new PhaseTrades(
            Average(phases.Select(phase => phase.Gross)),
            Average(phases.Select(phase => phase.Net)),
            Average(phases.Select(phase => phase.Turnover)),
            Average(phases.Select(phase => phase.Drawdown))
        );
    }

    private static PhaseTrades Trade(JudgedReturns judged, int[] rows, int horizon, double cost, double least)
    {
        var (gross, net) = (new double[rows.Length], new double[rows.Length]);
        var (position, turnover, sum, height, fall) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < rows.Length; k++)
        {
            var entry = Entry.After(position, judged.Forecast[rows[k]], judged.Actual[rows[k]], cost, least);
            (gross[k], net[k]) = (entry.Gross, entry.Net);
            (position, turnover, sum) = (entry.Position, turnover + entry.Change, sum + entry.Net);
            height = Math.Max(height, sum);
            fall = Math.Max(fall, height - sum);
        }

        return new PhaseTrades(Sharpe(gross, horizon), Sharpe(net, horizon), turnover / rows.Length, fall);
    }

    private static double? Sharpe(double[] returns, int horizon)
    {
        if (returns.Length < 2)
        {
            return null;
        }

        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (returns.Length - 1));
        return deviation > 0 ? mean / deviation * Math.Sqrt(HoursOfYear / horizon) : null;
    }

    private static double? Average(IEnumerable<double?> values) => values.Where(value => value is not null).Average();
}
