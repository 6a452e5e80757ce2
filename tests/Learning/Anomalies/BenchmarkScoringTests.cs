using System.Text.Json;
using Tradepost.Benchmarks.Anomalies;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Anomalies;

public sealed class BenchmarkScoringTests
{
    [Theory]
    [InlineData("windowedGaussian")]
    [InlineData("numenta")]
    [InlineData("ARTime")]
    public void Scores_of_published_detectors_come_to_their_published_figures(string detector)
    {
        var series = LabelledCorpus.Read(SharedData.Path("data/nab"));
        var table = Csv.Read(SharedData.Path($"goldens/anomaly/{detector}.csv.gz"));
        var byFile = table.Texts("file").Zip(table.Numbers("anomaly_score")).ToLookup(row => row.First, row => row.Second);
        var published = JsonDocument
            .Parse(File.ReadAllText(SharedData.Path("goldens/anomaly/expected.json")))
            .RootElement.GetProperty(detector);

        var scores = series.Select(one => byFile[one.Name].ToArray()).ToArray();

        foreach (var profile in ScoringProfile.All)
        {
            new ThresholdSweep(profile, series, scores)
                .Best()
                .Score.ShouldBe(published.GetProperty(profile.Name).GetDouble(), 0.00501, profile.Name);
        }
    }

    [Fact]
    public void Alarms_behind_the_windows_cost_more_than_the_first_row_of_one_gains()
    {
        var series = Series(100, (20, 24), (60, 64));
        var scores = new double[100];
        scores[20] = scores[21] = scores[27] = 1;

        var result = new ThresholdSweep(new ScoringProfile("all equal", 1, 1, 1), [series], [scores]).At(1);

        result.Total.ShouldBe(-0.9540, 0.00005);
    }

    [Fact]
    public void No_alarm_scores_nothing()
    {
        var result = new ThresholdSweep(ScoringProfile.Standard, [Series(100, (20, 24))], [new double[100]]).At(0.5);

        result.Score.ShouldBe(0);
    }

    [Fact]
    public void The_first_row_of_each_window_scores_a_hundred()
    {
        var series = Series(100, (20, 24), (60, 64));
        var scores = new double[100];
        scores[20] = scores[60] = 1;

        var result = new ThresholdSweep(ScoringProfile.Standard, [series], [scores]).Best();

        result.Score.ShouldBe(100, 1e-9);
        result.Threshold.ShouldBe(1);
    }

    [Fact]
    public void Rows_of_the_probation_do_not_count()
    {
        var series = Series(100, (60, 64));
        var scores = new double[100];
        scores.AsSpan(0, 15).Fill(1);

        new ThresholdSweep(ScoringProfile.Standard, [series], [scores]).At(0.5).Score.ShouldBe(0);
    }

    private static LabelledSeries Series(int rows, params (int First, int Last)[] windows) =>
        new(
            "folder/file.csv",
            [.. Enumerable.Range(0, rows).Select(i => new DateTime(2024, 1, 1).AddMinutes(i))],
            new double[rows],
            windows
        );
}
