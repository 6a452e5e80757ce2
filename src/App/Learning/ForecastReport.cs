using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>What <c>forecast --json</c> prints.</summary>
/// <param name="Rows">Rows with a value.</param>
/// <param name="Objective">Negative log posterior without its constants; null for a constant series.</param>
/// <param name="SigmaObs">In scaled units, as k, m and the changes.</param>
/// <param name="Notes">What the model, and the reader of the file, want to be known.</param>
/// <param name="ReadAs">How the file was understood: delimiter, decimal sign, notation of times.</param>
/// <param name="Calibration">What intervals were multiplied with; null when they are the model's own.</param>
internal sealed record ForecastReport(
    int Rows,
    double? Objective,
    double SigmaObs,
    double K,
    double M,
    IReadOnlyList<ForecastChangepoint> Changepoints,
    double FitSeconds,
    double PredictSeconds,
    string Scaling,
    IReadOnlyList<string> Notes,
    double? Calibration,
    ForecastValidation? CrossValidation,
    string ReadAs
)
{
    public static ForecastReport Of(
        ProphetModel model,
        ForecastInput input,
        IReadOnlyList<CrossValidationRow>? past,
        CalibratedInterval? calibrated,
        double fitSeconds,
        double predictSeconds,
        CancellationToken cancellationToken
    )
    {
        var parameters = model.Parameters;
        return new ForecastReport(
            model.HistoryTimes.Length,
            model.Objective,
            parameters.SigmaObs,
            parameters.K,
            parameters.M,
            [.. model.Changepoints.Select((at, i) => new ForecastChangepoint(at, parameters.Delta[i]))],
            fitSeconds,
            predictSeconds,
            model.Scaling == Tradepost.Learning.Forecasting.Scaling.Minmax ? "minmax" : "absmax",
            [.. input.Notices, .. model.Notes],
            calibrated?.Factor,
            past is null ? null : ForecastValidation.Of(past, cancellationToken),
            input.ReadAs
        );
    }
}
