using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Intervals;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Training.Ledger;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>Predicts a symbol's return from its newest complete row.</summary>
internal static class ReturnForecaster
{
    private const int Week = 7 * 24;

    /// <summary>The prediction, and when nothing later was known; null where no row of the last week is complete.</summary>
    public static (DateTime AsOf, NewPrediction Prediction)? Predict(
        SymbolFit fit,
        int horizon,
        FeatureSeries series,
        CancellationToken cancellationToken
    )
    {
        if (LastWeek(fit, series) is not [.., var row])
        {
            return null;
        }

        var value = fit.Predict(series, [row], cancellationToken)[0];
        var half = fit.Reach * Math.Sqrt(horizon) * RealisedVolatility.Of(series, row)[row];
        var asOf = DateTime.SpecifyKind(series.Times[row], DateTimeKind.Unspecified); // as stores keep UTC
        return (
            asOf,
            new NewPrediction
            {
                Entity = series.Symbol,
                Horizon = new ReturnModelName(default, horizon).Ahead,
                MadeFor = asOf.AddHours(horizon),
                Value = value,
                Lower = value - half,
                Upper = value + half,
            }
        );
    }

    /// <summary>How far the last week's features are from those of the training; null without complete rows.</summary>
    public static double? Drift(SymbolFit fit, FeatureSeries series) =>
        LastWeek(fit, series) is { Length: > 0 } rows ? fit.Drift(series, rows) : null;

    private static int[] LastWeek(SymbolFit fit, FeatureSeries series)
    {
        var rows = series.Times.Count;
        int[] seen = [.. Enumerable.Range(Math.Max(0, rows - Week), Math.Min(Week, rows)).Where(row => series.Whole[row])];
        return fit.Complete(series, seen);
    }
}
