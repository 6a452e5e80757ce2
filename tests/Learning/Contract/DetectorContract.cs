using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Learning.Tests.Contract;

/// <summary>Column 0 is listened to, one row an hour; predictions are the scores of what comes then.</summary>
public sealed class DetectorContract : EstimatorContract<OnlineDetector>
{
    private static readonly DateTime Start = new(2024, 1, 1);

    protected override int LeastRows => 1;

    protected override double? RowOrderTolerance => null;

    protected override bool ReadsTarget => false;

    protected override Treatment MissingValue => Treatment.Accepted;

    protected override OnlineDetector Fit(ContractRows rows, long seed, int threads)
    {
        // Threads judge several series; what one detector learned does not depend on them.
        TimeSeries series = new() { Times = Times(Start, rows.Count), Values = rows.Column(0) };
        var scores = OnlineDetector.DetectMany([series, series], null, threads, TestContext.Current.CancellationToken);
        scores[1].ShouldBe(scores[0]);
        var detector = new OnlineDetector();
        detector.Update(series.Times, series.Values, new Detection[rows.Count]);
        return detector;
    }

    /// <summary>By a copy, since listening changes a detector.</summary>
    protected override double[] Predict(OnlineDetector model, ContractRows rows)
    {
        var copy = Load(Save(model));
        var detections = new Detection[rows.Count];
        copy.Update(Times(Start.AddYears(1), rows.Count), rows.Column(0), detections);
        return [.. detections.Select(detection => detection.Score)];
    }

    protected override byte[] Save(OnlineDetector model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    protected override OnlineDetector Load(byte[] saved) => OnlineDetector.Load(new MemoryStream(saved));

    private static DateTime[] Times(DateTime start, int count) => [.. Enumerable.Range(0, count).Select(hour => start.AddHours(hour))];
}
