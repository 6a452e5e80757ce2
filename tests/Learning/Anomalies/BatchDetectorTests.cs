using Tradepost.Learning.Anomalies;

namespace Tradepost.Learning.Tests.Anomalies;

public sealed class BatchDetectorTests
{
    [Fact]
    public void An_anomaly_among_the_first_rows_is_found_by_what_comes_later()
    {
        var series = SomeSeries.Daily().With(30, 31, value => value + 40);

        var told = SomeSeries.DetectWhole(series).Where(detection => detection.IsAnomaly).ToList();

        told.Count.ShouldBe(1);
        (told[0].Time - series.Times[30]).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(15));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(1500)]
    [InlineData(2998)]
    [InlineData(2999)]
    public void A_single_odd_value_is_told_at_its_own_row(int row)
    {
        var series = SomeSeries.Daily().With(row, row + 1, _ => 9999);

        var told = SomeSeries.DetectWhole(series).Where(detection => detection.IsAnomaly).ToList();

        told.Select(detection => (detection.Time, detection.Value)).ShouldBe([(series.Times[row], 9999)]);
    }

    [Fact]
    public void A_series_of_missing_values_is_told_to_have_none()
    {
        SomeSeries.DetectWhole(SomeSeries.Daily(10).With(0, 10, _ => double.NaN)).ShouldAllBe(detection => detection.Reason == "no value");
    }

    [Fact]
    public void Constant_series_and_single_rows_score_nothing()
    {
        SomeSeries.DetectWhole(SomeSeries.Daily(100).With(0, 100, _ => 7)).ShouldAllBe(detection => detection.Score == 0);
        SomeSeries.DetectWhole(SomeSeries.Daily(1)).Single().Score.ShouldBe(0);
    }

    [Fact]
    public void Many_series_give_the_same_whatever_the_number_of_threads()
    {
        var series = Enumerable.Range(1, 4).Select(seed => SomeSeries.Daily(500, seed).With(300, 301, value => value + 50)).ToList();

        var (one, three) = (
            BatchDetector.DetectMany(series, parallelism: 1, cancellationToken: TestContext.Current.CancellationToken),
            BatchDetector.DetectMany(series, parallelism: 3, cancellationToken: TestContext.Current.CancellationToken)
        );

        three.SelectMany(detections => detections).ShouldBe(one.SelectMany(detections => detections));
    }
}
