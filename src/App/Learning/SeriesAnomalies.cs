using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Learning;

/// <summary>A series, what was expected of each row, and the rows that were not as expected; oldest first.</summary>
/// <param name="Notes">What was guessed of the text and a user should know.</param>
/// <param name="ReadAs">How the text was understood: delimiter, decimal sign, notation of times.</param>
internal sealed record SeriesAnomalies(
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<double> Values,
    IReadOnlyList<double> Lower,
    IReadOnlyList<double> Upper,
    IReadOnlyList<DetectedAnomaly> Anomalies,
    IReadOnlyList<string> Notes,
    string ReadAs
)
{
    public static SeriesAnomalies Of(IReadOnlyList<Detection> detections, DetectInput input) =>
        new(
            [.. detections.Select(detection => detection.Time)],
            [.. detections.Select(detection => detection.Value)],
            [.. detections.Select(detection => detection.Lower)],
            [.. detections.Select(detection => detection.Upper)],
            DetectReport.AnomaliesOf(detections),
            input.Notices,
            input.ReadAs
        );
}
