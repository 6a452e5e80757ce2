using Tradepost.App.Cli.Learning;
using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Api.Learning;

/// <summary>A series, what was expected of each row, and the rows that were not as expected.</summary>
internal sealed record SeriesAnomalies(
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<double> Values,
    IReadOnlyList<double> Lower,
    IReadOnlyList<double> Upper,
    IReadOnlyList<DetectedAnomaly> Anomalies
)
{
    public static SeriesAnomalies Of(IReadOnlyList<Detection> detections) =>
        new(
            [.. detections.Select(detection => detection.Time)],
            [.. detections.Select(detection => detection.Value)],
            [.. detections.Select(detection => detection.Lower)],
            [.. detections.Select(detection => detection.Upper)],
            DetectReport.Of(detections, seconds: 0).Anomalies
        );
}
