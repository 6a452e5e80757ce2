using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>detect --json</c> prints.</summary>
/// <param name="Rows">All rows of the file.</param>
/// <param name="Missing">Those without a value.</param>
/// <param name="Gaps">Those whose time is not a usual step after the one before.</param>
/// <param name="Anomalies">Rows with a score of 0.5 or more, in the order of the file.</param>
internal sealed record DetectReport(int Rows, int Missing, int Gaps, IReadOnlyList<DetectedAnomaly> Anomalies, double DetectSeconds)
{
    public static DetectReport Of(IReadOnlyList<Detection> detections, double seconds) =>
        new(
            detections.Count,
            detections.Count(detection => double.IsNaN(detection.Value)),
            detections.Count(detection => detection.Gap is not null),
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
            ],
            seconds
        );
}
