using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Intervals;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Training.Ledger;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>Predicts a symbol's return from its newest complete row, with one model after the other.</summary>
/// <param name="newest">The newest hours of the symbol.</param>
internal sealed class SymbolForecasts(NewestHours newest)
{
    private readonly int[] seen = [.. Enumerable.Range(0, newest.Day.Times.Count).Where(row => newest.Day.Whole[row])];
    private readonly Dictionary<int, double> volatility = [];

    /// <summary>The prediction, and when nothing later was known; null where no row of the last day is complete.</summary>
    public (DateTime AsOf, NewPrediction Prediction)? Predict(SymbolFit fit, int horizon, CancellationToken cancellationToken)
    {
        if (fit.Complete(newest.Day, seen) is not [.., var row])
        {
            return null;
        }

        var value = fit.Predict(newest.Day, [row], cancellationToken)[0];
        var half = fit.Reach * Math.Sqrt(horizon) * VolatilityAt(row);
        var asOf = DateTime.SpecifyKind(newest.Day.Times[row], DateTimeKind.Unspecified); // as stores keep UTC
        return (
            asOf,
            new NewPrediction
            {
                Entity = newest.Day.Symbol,
                Horizon = new ReturnModelName(default, horizon).Ahead,
                MadeFor = asOf.AddHours(horizon),
                Value = value,
                Lower = value - half,
                Upper = value + half,
            }
        );
    }

    /// <summary>How far the last week's features are from those of the training; null where one of them is not known.</summary>
    public double? Drift(SymbolFit fit) => fit.Drift(newest.WeekMeans);

    private double VolatilityAt(int row)
    {
        if (!volatility.TryGetValue(row, out var known))
        {
            volatility[row] = known = RealisedVolatility.At(newest.Hours, newest.DayFrom + row);
        }

        return known;
    }
}
