using Tradepost.Learning.Evaluation;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Figures;

/// <summary>Reckons the figures of forecasts; docs/returns.md has the definitions.</summary>
internal sealed class FigureReckoner(WalkSettings settings, int horizon)
{
    /// <summary>A month with fewer forecasts has no correlation to speak of.</summary>
    public const int LeastOfMonth = 100;

    /// <summary>Of at least one forecast.</summary>
    public ReturnFigures Of(JudgedReturns judged)
    {
        var (y, f) = (judged.Actual, judged.Forecast);
        var zero = new double[y.Length];
        var (squares, ofZero, ofMean) = (Squares(y, f), Squares(y, zero), Squares(y, judged.TrainMean));
        var isSilent = Array.TrueForAll(f, value => value == 0);
        var (xx, _, xy) = Correlation.Products(f, y);
        var trades = PhaseTrades.Of(judged, horizon, settings.Cost, 0);
        var least = settings.DecisionFactor * settings.Cost;
        var acted = PhaseTrades.Of(judged, horizon, settings.Cost, least);
        int[] actedRows = [.. Enumerable.Range(0, f.Length).Where(i => Math.Abs(f[i]) > least)];
        return new ReturnFigures
        {
            N = y.Length,
            Rmse = Math.Sqrt(squares / y.Length),
            Mae = RegressionMetrics.Mae(y, f),
            RmseZero = Math.Sqrt(ofZero / y.Length),
            R2Zero = ofZero > 0 ? 1 - (squares / ofZero) : null,
            R2Mean = ofMean > 0 ? 1 - (squares / ofMean) : null,
            DirectionalAccuracy = isSilent ? null : Accuracy(y, f, Enumerable.Range(0, y.Length)),
            UpShare = Share(y.Where(value => value != 0), value => value > 0),
            Ic = Correlation.Pearson(f, y),
            RankIc = Correlation.Spearman(f, y),
            IcIr = OfMonths(judged),
            SharpeGross = trades.Gross,
            SharpeNet = trades.Net,
            Turnover = trades.Turnover,
            MaxDrawdown = trades.Drawdown,
            CalibrationSlope = xx > 0 ? xy / xx : null,
            Coverage80 = RegressionMetrics.Coverage(y, judged.Lower, judged.Upper),
            Width80 = judged.Upper.Zip(judged.Lower, (upper, lower) => upper - lower).Average(),
            ActedShare = (double)actedRows.Length / f.Length,
            ActedAccuracy = Accuracy(y, f, actedRows),
            ActedSharpeGross = acted.Gross,
            ActedSharpeNet = acted.Net,
            ActedTurnover = acted.Turnover,
        };
    }

    private static double Squares(double[] actual, double[] forecast)
    {
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += (actual[i] - forecast[i]) * (actual[i] - forecast[i]);
        }

        return sum;
    }

    private static double? Accuracy(double[] actual, double[] forecast, IEnumerable<int> rows) =>
        Share(rows.Where(i => actual[i] != 0), i => Math.Sign(actual[i]) == Math.Sign(forecast[i]));

    private static double? Share<T>(IEnumerable<T> all, Func<T, bool> counts)
    {
        var (some, total) = (0, 0);
        foreach (var one in all)
        {
            (some, total) = (some + (counts(one) ? 1 : 0), total + 1);
        }

        return total == 0 ? null : (double)some / total;
    }

    private static double? OfMonths(JudgedReturns judged)
    {
        var correlations = new List<double>();
        for (var from = 0; from < judged.Times.Length; )
        {
            var (month, to) = ((judged.Times[from].Year, judged.Times[from].Month), from);
            while (to < judged.Times.Length && (judged.Times[to].Year, judged.Times[to].Month) == month)
            {
                to++;
            }

            if (
                to - from >= LeastOfMonth
                && Correlation.Pearson(judged.Forecast.AsSpan(from..to), judged.Actual.AsSpan(from..to)) is { } ic
            )
            {
                correlations.Add(ic);
            }

            from = to;
        }

        if (correlations.Count < 2)
        {
            return null;
        }

        var mean = correlations.Average();
        var deviation = Math.Sqrt(correlations.Sum(ic => (ic - mean) * (ic - mean)) / (correlations.Count - 1));
        return deviation > 0 ? mean / deviation : null;
    }
}
