using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>The forecasts of all folds of a walk whose outcome is known, in order of time.</summary>
internal sealed class ReturnWalk
{
    /// <summary>Joins the folds.</summary>
    public ReturnWalk(FeatureSeries series, int horizon, double[] labels, IReadOnlyList<WalkedFold> folds)
    {
        (Series, Horizon, Folds) = (series, horizon, folds);
        var known = folds
            .Select(fold => Enumerable.Range(0, fold.Rows.Length).Where(i => double.IsFinite(labels[fold.Rows[i]])).ToArray())
            .ToArray();
        Rows = [.. folds.SelectMany((fold, f) => known[f].Select(i => fold.Rows[i]))];
        FoldNumbers = [.. folds.SelectMany((fold, f) => known[f].Select(_ => fold.Window.Number))];
        TrainMeans = [.. folds.SelectMany((fold, f) => known[f].Select(_ => fold.TrainMean))];
        Actual = [.. Rows.Select(row => labels[row])];
        Forecasts = (folds.Count == 0 ? [] : folds[0].Forecasts.Keys.ToArray()).ToDictionary(
            method => method,
            method => folds.SelectMany((fold, f) => known[f].Select(i => fold.Forecasts[method][i])).ToArray()
        );
    }

    public FeatureSeries Series { get; }

    public int Horizon { get; }

    public IReadOnlyList<WalkedFold> Folds { get; }

    /// <summary>Numbers of the series' rows.</summary>
    public int[] Rows { get; }

    /// <summary>The number of the fold that each row is of.</summary>
    public int[] FoldNumbers { get; }

    /// <summary>The mean label of the rows that each row's fold was trained on.</summary>
    public double[] TrainMeans { get; }

    /// <summary>The returns that came.</summary>
    public double[] Actual { get; }

    public IReadOnlyDictionary<ReturnMethod, double[]> Forecasts { get; }
}
