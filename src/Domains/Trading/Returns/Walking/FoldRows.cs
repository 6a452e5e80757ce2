using Tradepost.Learning.Regression;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>What one fold is trained on and judged by.</summary>
/// <param name="Window">Which rows those are.</param>
/// <param name="Scaler">The scale of its features.</param>
/// <param name="TrainRows">Rows whose candle was seen, with every feature and a label.</param>
/// <param name="Train">Their features.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="TestRows">Rows whose candle was seen, with every feature; whether they have a label does not matter here.</param>
/// <param name="Test">Their features.</param>
internal sealed record FoldRows(
    FoldWindow Window,
    FoldScaler Scaler,
    int[] TrainRows,
    FeatureTable Train,
    double[] Labels,
    int[] TestRows,
    FeatureTable Test
)
{
    /// <summary>Fewer rows teach nothing.</summary>
    public const int LeastRows = 200;

    /// <summary>Gathers them; null where there are too few.</summary>
    public static FoldRows? Of(FeatureSeries series, double[] labels, FoldWindow window, WalkSettings settings, ReturnPipeline pipeline)
    {
        int[] seen = [.. pipeline.Train(window).Where(row => series.Whole[row] && double.IsFinite(labels[row]))];
        if (seen.Length < LeastRows)
        {
            return null;
        }

        var scaler = FoldScaler.Of(series, pipeline.ScaleBy(seen, series.Times.Count), settings);
        if (scaler.Features.Count == 0)
        {
            return null;
        }

        var columns = scaler.Pick(series);
        var train = FoldScaler.Complete(columns, seen);
        int[] asked = [.. Enumerable.Range(window.TestFrom, window.TestTo - window.TestFrom).Where(row => series.Whole[row])];
        var test = FoldScaler.Complete(columns, asked);
        return train.Length < LeastRows
            ? null
            : new FoldRows(
                window,
                scaler,
                train,
                scaler.Scale(columns, train),
                [.. train.Select(row => labels[row])],
                test,
                scaler.Scale(columns, test)
            );
    }
}
