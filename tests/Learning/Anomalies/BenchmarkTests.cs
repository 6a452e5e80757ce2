using Tradepost.Benchmarks.Anomalies;
using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Forecasting;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Anomalies;

public sealed class BenchmarkTests
{
    [Fact]
    public void The_default_detector_scores_above_the_best_published_one()
    {
        var series = LabelledCorpus.Read(SharedData.Path("data/nab"));

        var scores = OnlineDetector
            .DetectMany(
                [.. series.Select(one => new TimeSeries { Times = one.Times, Values = one.Values })],
                cancellationToken: TestContext.Current.CancellationToken
            )
            .Select(detections => detections.Select(detection => detection.Score).ToArray())
            .ToArray();

        new ThresholdSweep(ScoringProfile.Standard, series, scores).Best().Score.ShouldBeGreaterThan(68.04);
    }

    [Fact]
    public void The_end_of_a_file_changes_no_detection_before_it()
    {
        foreach (var one in LabelledCorpus.Read(SharedData.Path("data/nab")))
        {
            var rows = one.Times.Length / 2;
            var whole = SomeSeries.Detect(new TimeSeries { Times = one.Times, Values = one.Values });
            var half = SomeSeries.Detect(new TimeSeries { Times = one.Times[..rows], Values = one.Values[..rows] });

            half.ShouldBe(whole[..rows], one.Name);
        }
    }
}
