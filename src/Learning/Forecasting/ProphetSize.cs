namespace Tradepost.Learning.Forecasting;

/// <summary>What Prophet's models take of so many rows.</summary>
internal static class ProphetSize
{
    private const double Dense = 2e9;
    private const double Streamed = 1e9;
    private const double Rounds = 50;
    private const double Evaluations = 2000;
    private const double FuturesPerSecond = 2e7;
    private const double ChangesPerSecond = 2e6;
    private const int ArraysOfForecast = 12;
    private const int ColumnsOfSeasons = 34;
    private const int BytesOfChange = 16;
    private const int BytesOfRow = 96;

    /// <summary>Of a fit.</summary>
    /// <param name="rows">With a value.</param>
    public static WorkSize OfFit(ProphetOptions options, FeatureSet features, int changepoints, int rows)
    {
        var size = 2.0 + features.Width + changepoints;
        var isExact = options.Optimizer == Optimizer.Exact || rows < StanSolver.LeastRows;
        var isConvex = options.Growth != Growth.Logistic && options.SeasonalityMode == SeasonalityMode.Additive;
        var products = rows * size * size / 2 / Dense;
        return new WorkSize
        {
            Work = WorkSize.Say(
                $"A forecast's fit of {rows:N0} rows with {features.Width:N0} columns (seasons, holidays, regressors) and {changepoints:N0} changepoints"
            ),
            Smaller = "Fewer regressors, a lower fourier_order or fewer n_changepoints take less.",
            LargestCount = Math.Max(rows * size, size * size),
            Bytes = sizeof(double) * ((2 * rows * size) + (isExact ? 4 * size * size : 0) + (10.0 * rows)),
            Seconds = isExact
                ? ((isConvex ? 1 : Rounds) * products) + (Rounds * size * size * size / 3 / Streamed)
                : Evaluations * 2 * rows * size / Streamed,
        };
    }

    /// <summary>Of a forecast with its simulated futures, in which the trend goes on bending as often as in the history.</summary>
    public static WorkSize OfForecast(ProphetModel model, TimeSeries rows)
    {
        var n = rows.Times.Length;
        var last = n == 0 ? 0 : model.Scale.Time(rows.Times.Max());
        var samples = (double)model.Options.UncertaintySamples;
        var ahead = samples == 0 ? 0 : rows.Times.Count(time => model.Scale.Time(time) > 1);
        var changes = model.Options.Uncertainty == UncertaintyMethod.Simulated ? model.Changepoints.Length * Math.Max(0, last - 1) : 0;
        var components = model.Features.Select(feature => feature.Component).Distinct().Count();
        return new WorkSize
        {
            Work = WorkSize.Say(
                $"A forecast of {n:N0} rows with {samples:N0} futures that reach {Math.Max(0, last - 1):N0} times the history's length ahead"
            ),
            Smaller = "A shorter horizon, or fewer uncertainty_samples, take less.",
            LargestCount = Math.Max(n * (double)model.Features.Count, changes),
            Bytes =
                (sizeof(double) * (double)n * (model.Features.Count + components + ArraysOfForecast))
                + (samples * ((6 * sizeof(double)) + (changes * BytesOfChange))),
            Seconds = (ahead * samples / FuturesPerSecond) + (samples * changes / ChangesPerSecond),
        };
    }

    /// <summary>Of rows with a few seasons and their intervals.</summary>
    public static WorkSize OfRows(int rows) =>
        new()
        {
            Work = WorkSize.Say($"A forecast of {rows:N0} rows"),
            Smaller = "A shorter horizon takes less.",
            Bytes = sizeof(double) * (double)rows * (ColumnsOfSeasons + ArraysOfForecast),
        };

    /// <summary>Of fits and forecasts of the past.</summary>
    /// <param name="times">Of the rows with a value, upwards.</param>
    public static WorkSize OfCrossValidation(
        ProphetModel model,
        DateTime[] times,
        IReadOnlyList<DateTime> cutoffs,
        Func<DateTime, DateTime> horizonEnd
    )
    {
        var fit = OfFit(model.Options, model.FeatureSet, model.Changepoints.Length, times.Length);
        var ahead = cutoffs.Count == 0 ? 0.0 : times.Count(time => time > cutoffs[^1] && time <= horizonEnd(cutoffs[^1]));
        return new WorkSize
        {
            Work = WorkSize.Say($"A cross-validation with {cutoffs.Count:N0} cutoffs in {times.Length:N0} rows"),
            Smaller = "A longer period between cutoffs, or a longer first fit, takes less.",
            LargestCount = Math.Max(fit.LargestCount, cutoffs.Count * ahead),
            Bytes = (Environment.ProcessorCount * fit.Bytes) + (cutoffs.Count * ahead * BytesOfRow),
            Seconds = cutoffs.Count * (fit.Seconds + (ahead * model.Options.UncertaintySamples / FuturesPerSecond)),
        };
    }
}
