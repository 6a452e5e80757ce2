using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Learning;

/// <summary>What <c>detect --json</c> prints.</summary>
/// <param name="Rows">All rows of the file.</param>
/// <param name="Missing">Those without a value.</param>
/// <param name="Gaps">Those whose time is far behind the one before, or goes back.</param>
/// <param name="Anomalies">Rows with a score of 0.5 or more, in the order of the file.</param>
/// <param name="Repeated">Those with the time of the row before.</param>
/// <param name="ReadAs">How the file was understood: delimiter, decimal sign, notation of times.</param>
/// <param name="Notes">What was guessed on the way and a user should know.</param>
internal sealed record DetectReport(
    int Rows,
    int Missing,
    int Gaps,
    int Repeated,
    IReadOnlyList<DetectedAnomaly> Anomalies,
    double DetectSeconds,
    string ReadAs,
    IReadOnlyList<string> Notes
)
{
    public static DetectReport Of(IReadOnlyList<Detection> detections, DetectInput input, double seconds) =>
        new(
            detections.Count,
            detections.Count(detection => double.IsNaN(detection.Value)),
            detections.Count(detection => detection.Gap is { } gap && gap != TimeSpan.Zero),
            detections.Count(detection => detection.Gap == TimeSpan.Zero),
            AnomaliesOf(detections),
            seconds,
            input.ReadAs,
            input.Notices
        );

    public static IReadOnlyList<DetectedAnomaly> AnomaliesOf(IReadOnlyList<Detection> detections) =>
        [
            .. detections
                .Where(detection => detection.IsAnomaly)
                .Select(detection => new DetectedAnomaly(
                    detection.Time,
                    detection.Value,
                    detection.Score,
                    detection.Lower,
                    detection.Upper,
                    detection.Reason
                )),
        ];
}
