using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// The interval of a forecast: noise around it, and after the history changes of the trend as frequent and as large as those within. Up to
/// the end of the history only the noise counts, whose quantiles are taken exactly; beyond it each future is simulated.
/// </summary>
internal sealed class Uncertainty(
    ProphetModel model,
    double[] t,
    double[] z,
    Func<double, int, double> grow,
    double[] floors,
    Forecast forecast
)
{
    private readonly int samples = model.Options.UncertaintySamples;
    private readonly double lower = (1 - model.Options.IntervalWidth) / 2;
    private readonly double scale = model.Scale.YScale;
    private readonly double meanChange = model.Parameters.Delta is [] ? 0 : model.Parameters.Delta.Average(Math.Abs) + 1e-8;
    private readonly RandomStream random = new(model.Options.Seed);

    public Forecast AddTo(Forecast plain, CancellationToken cancellationToken)
    {
        var (yhatLower, yhatUpper) = (new double[t.Length], new double[t.Length]);
        var (trendLower, trendUpper) = (forecast.Trend.ToArray(), forecast.Trend.ToArray());
        var noise = NormalDistribution.Quantile(1 - lower) * model.Sigma;
        for (var i = 0; i < t.Length; i++)
        {
            (yhatLower[i], yhatUpper[i]) = (forecast.Yhat[i] - noise, forecast.Yhat[i] + noise);
        }

        var order = Enumerable.Range(0, t.Length).Where(i => t[i] > 1).OrderBy(i => t[i]).ToArray();
        if (order.Length > 0 && model.Changepoints.Length > 0)
        {
            var (trends, values) = (new double[samples], new double[samples]);
            var changed =
                model.Options.Uncertainty == UncertaintyMethod.Simulated ? Simulated(order, cancellationToken) : Vectorised(order);
            var position = 0;
            foreach (var shifts in changed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = order[position++];
                Draw(row, shifts, trends, values);
                (trendLower[row], trendUpper[row]) = (Quantiles.Select(trends, lower), Quantiles.Select(trends, 1 - lower));
                (yhatLower[row], yhatUpper[row]) = (Quantiles.Select(values, lower), Quantiles.Select(values, 1 - lower));
            }
        }

        return plain with
        {
            YhatLower = yhatLower,
            YhatUpper = yhatUpper,
            TrendLower = trendLower,
            TrendUpper = trendUpper,
        };
    }

    private void Draw(int row, double[] shifts, double[] trends, double[] values)
    {
        var (factor, added) = (1 + forecast.Components["multiplicative_terms"][row], forecast.Components["additive_terms"][row]);
        var centre = 0.0;
        for (var s = 0; s < samples; s++)
        {
            trends[s] = grow(z[row] + shifts[s], row);
            centre += trends[s] / samples;
        }

        // The vectorised method takes only the spread of logistic futures, around the trend itself.
        var offset = model.Options is { Uncertainty: UncertaintyMethod.Vectorised, Growth: Growth.Logistic }
            ? grow(z[row], row) - centre
            : 0;
        for (var s = 0; s < samples; s++)
        {
            trends[s] = ((trends[s] + offset) * scale) + floors[row];
            values[s] = (trends[s] * factor) + added + (model.Sigma * random.NextNormal());
        }
    }

    /// <summary>By row, how far each future's z has moved away: changes arrive as a Poisson process at the rate of the history.</summary>
    private IEnumerable<double[]> Simulated(int[] order, CancellationToken cancellationToken)
    {
        var horizon = t[order[^1]] - 1;
        var futures = new (double Time, double Change)[samples][];
        for (var s = 0; s < samples; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            futures[s] = new (double, double)[random.NextPoisson(model.Changepoints.Length * horizon)];
            for (var i = 0; i < futures[s].Length; i++)
            {
                futures[s][i] = (1 + (horizon * random.NextDouble()), random.NextLaplace(meanChange));
            }

            Array.Sort(futures[s], (a, b) => a.Time.CompareTo(b.Time));
        }

        var (next, rate, offset, shifts) = (new int[samples], new double[samples], new double[samples], new double[samples]);
        foreach (var row in order)
        {
            for (var s = 0; s < samples; s++)
            {
                while (next[s] < futures[s].Length && futures[s][next[s]].Time <= t[row])
                {
                    var (time, change) = futures[s][next[s]++];
                    rate[s] += change;
                    offset[s] -= change * time;
                }

                shifts[s] = (rate[s] * t[row]) + offset[s];
            }

            yield return shifts;
        }
    }

    /// <summary>By row, how far each future's z has moved away: at most one change a step, half of it in the step itself.</summary>
    private IEnumerable<double[]> Vectorised(int[] order)
    {
        var step = order.Length > 1 ? (t[order[^1]] - t[order[0]]) / (order.Length - 1) : t[order[0]] - 1;
        var likelihood = model.Changepoints.Length * step;
        var (before, rate, shifts) = (new double[samples], new double[samples], new double[samples]);
        foreach (var _ in order)
        {
            for (var s = 0; s < samples; s++)
            {
                var change = random.NextDouble() < likelihood ? random.NextLaplace(meanChange) : 0;
                rate[s] += (change + before[s]) / 2;
                before[s] = change;
                shifts[s] += rate[s] * step;
            }

            yield return shifts;
        }
    }
}
