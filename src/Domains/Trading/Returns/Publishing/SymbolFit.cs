using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Kinds;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>A model of one symbol, fitted on its newest rows.</summary>
internal sealed record SymbolFit
{
    private const int DriftPlaces = 9;

    private IRegressionModel? fitted;

    /// <summary>The names of the features, in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    public required double[] Means { get; init; }

    public required double[] Deviations { get; init; }

    public required double Clip { get; init; }

    /// <summary>The model as the library saves it.</summary>
    public required string Model { get; init; }

    /// <summary>The half width of intervals, in units of volatility times the root of the horizon.</summary>
    public required double Reach { get; init; }

    /// <summary>The first moment of the rows that it was fitted on (UTC).</summary>
    public required DateTime TrainedFrom { get; init; }

    /// <summary>The last moment that was known (UTC).</summary>
    public required DateTime TrainedTo { get; init; }

    public required int Rows { get; init; }

    /// <summary>The root of the mean squared error of the walk.</summary>
    public required double Rmse { get; init; }

    private FoldScaler Scaler => new(Features, Means, Deviations, Clip);

    /// <summary>The model, which is read once.</summary>
    private IRegressionModel Fitted => LazyInitializer.EnsureInitialized(ref fitted, () => RegressionModel.FromJson(Model));

    /// <summary>Fits a method on the last training window of a walk: all rows whose label is known.</summary>
    /// <param name="task">The rows.</param>
    /// <param name="fold">What of them is trained on.</param>
    /// <param name="method">Which method.</param>
    /// <param name="reach">Of its intervals.</param>
    /// <param name="rmse">Of its walk.</param>
    public static SymbolFit Of(
        WalkTask task,
        FoldRows fold,
        ReturnMethod method,
        double reach,
        double rmse,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Features = fold.Scaler.Features,
            Means = fold.Scaler.Means,
            Deviations = fold.Scaler.Deviations,
            Clip = fold.Scaler.Clip,
            Model = new FoldFits(fold, task.Horizon, cancellationToken).Fit(method).ToJson(),
            Reach = reach,
            TrainedFrom = DateTime.SpecifyKind(task.Series.Times[fold.TrainRows[0]], DateTimeKind.Unspecified),
            TrainedTo = DateTime.SpecifyKind(task.Series.Times[^1], DateTimeKind.Unspecified),
            Rows = fold.TrainRows.Length,
            Rmse = rmse,
        };

    /// <summary>The newest rows that can be trained on: those whose label is known at the last one.</summary>
    public static FoldRows? Newest(WalkTask task, WalkSettings settings, ReturnPipeline pipeline)
    {
        var rows = task.Series.Times.Count;
        var window = new FoldWindow(-1, Math.Max(0, rows - settings.TrainHours), rows, rows, rows);
        return FoldRows.Of(task.Series, pipeline.Label(task.Series, task.Horizon), window, settings, pipeline);
    }

    /// <summary>The rows of a series that it can say something about, of some.</summary>
    public int[] Complete(FeatureSeries series, ReadOnlySpan<int> rows) => FoldScaler.Complete(Scaler.Pick(series), rows);

    /// <summary>What it says of rows that are complete.</summary>
    public double[] Predict(FeatureSeries series, ReadOnlySpan<int> rows, CancellationToken cancellationToken) =>
        Fitted.Predict(Scale(series, rows), cancellationToken);

    /// <summary>
    /// How far means of features are from those of the training, on average, in standard deviations of these; null where one is not known.
    /// Stores may add up in any order, so the last digits are cut off.
    /// </summary>
    public double? Drift(IReadOnlyDictionary<string, double> means)
    {
        var sum = 0.0;
        for (var i = 0; i < Features.Count; i++)
        {
            if (!means.TryGetValue(Features[i], out var mean))
            {
                return null;
            }

            sum += Math.Abs(mean - Means[i]) / Deviations[i];
        }

        return Math.Round(sum / Features.Count, DriftPlaces);
    }

    private FeatureTable Scale(FeatureSeries series, ReadOnlySpan<int> rows) => Scaler.Scale(Scaler.Pick(series), rows);
}
