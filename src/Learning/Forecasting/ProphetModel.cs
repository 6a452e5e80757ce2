namespace Tradepost.Learning.Forecasting;

/// <summary>A fitted Prophet model. Immutable, so safe for use by several threads.</summary>
public sealed class ProphetModel
{
    internal ProphetModel(
        ProphetOptions options,
        SeriesScale scale,
        FeatureSet features,
        DateTime[] changepoints,
        ProphetParameters parameters,
        double? objective,
        IReadOnlyList<string> notes,
        DateTime[] historyTimes
    )
    {
        (Options, Scale, FeatureSet, Parameters, Objective, Notes) = (options, scale, features, parameters, objective, notes);
        (Changepoints, HistoryTimes, Features) = (options.Growth == Growth.Flat ? [] : changepoints, historyTimes, features.Columns());
    }

    /// <summary>What it was asked to be.</summary>
    public ProphetOptions Options { get; }

    /// <summary>The most probable parameters, in scaled units.</summary>
    public ProphetParameters Parameters { get; }

    /// <summary>
    /// The negative logarithm of the posterior at the parameters without its constants, in scaled units:
    /// RSS/2σ² + n ln σ + k²/50 + m²/50 + Σ|δ|/τ + Σβ²/2s² + 2σ². Null for a constant series, which needs no fit.
    /// </summary>
    public double? Objective { get; }

    /// <summary>Sentences about what was decided on the way and a user should know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Where the trend may bend; none for flat growth.</summary>
    public DateTime[] Changepoints { get; }

    /// <summary>The times of the rows it was fitted on, upwards.</summary>
    public DateTime[] HistoryTimes { get; }

    /// <summary>The columns that the coefficients belong to.</summary>
    public IReadOnlyList<FeatureColumn> Features { get; }

    /// <summary>The seasonalities in use, with everything decided.</summary>
    public IReadOnlyList<Seasonality> Seasonalities => FeatureSet.Seasonalities;

    /// <summary>The scaling in use; never <see cref="Forecasting.Scaling.Auto"/>.</summary>
    public Scaling Scaling => Scale.Scaling;

    /// <summary>What 1 in scaled units is in those of the series.</summary>
    public double YScale => Scale.YScale;

    /// <summary>Standard deviation of the observations around the forecast, in the units of the series.</summary>
    public double Sigma => Parameters.SigmaObs * Scale.YScale;

    internal SeriesScale Scale { get; }

    internal FeatureSet FeatureSet { get; }

    /// <summary>Predicts rows of the past and of the future.</summary>
    /// <param name="rows">Times in any order, with the columns that the model was fitted with; values are not read.</param>
    /// <exception cref="ArgumentException">A column is missing or has a value that cannot be used, or the rows and futures are more than
    /// fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Forecast Predict(TimeSeries rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Prediction(this, rows, cancellationToken).Run();
    }

    /// <summary>The same model with other parameters, such as those that another implementation found.</summary>
    /// <exception cref="ArgumentException">Not one coefficient per feature, or not one change per changepoint.</exception>
    public ProphetModel WithParameters(ProphetParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Beta.Length == Features.Count && parameters.Delta.Length == Changepoints.Length
            ? new ProphetModel(Options, Scale, FeatureSet, Changepoints, parameters, null, Notes, HistoryTimes)
            : throw new ArgumentException(
                $"Expected are {Features.Count} coefficients and {Changepoints.Length} changes of the rate, not {parameters.Beta.Length} "
                    + $"and {parameters.Delta.Length}.",
                nameof(parameters)
            );
    }

    /// <summary>Times after the history, one step apart.</summary>
    /// <param name="count">How many; 0 or more.</param>
    /// <param name="step">Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or a step that does not lead forward.</exception>
    public DateTime[] FutureTimes(int count, TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        return [.. Enumerable.Range(1, count).Select(i => HistoryTimes[^1] + (i * step))];
    }

    /// <summary>The whole model as JSON; <see cref="FromJson"/> gives one that predicts the same to the last bit.</summary>
    public string ToJson() => ModelDocument.Write(this);

    /// <summary>The model that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a model that <see cref="ToJson"/> wrote.</exception>
    public static ProphetModel FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ModelDocument.Read(json);
    }
}
