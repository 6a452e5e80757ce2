using Tradepost.Learning.Anomalies;

namespace Tradepost.Learning.Tests.Anomalies;

public sealed class OnlineDetectorTests
{
    [Fact]
    public void A_changed_future_changes_no_past_detection()
    {
        var series = SomeSeries.Daily();

        var before = SomeSeries.Detect(series)[..2000];
        var after = SomeSeries.Detect(series.With(2000, 3000, value => -1e6 * value))[..2000];

        after.ShouldBe(before);
    }

    [Fact]
    public void An_ordinary_series_has_no_anomaly_after_its_first_days()
    {
        SomeSeries.Detect(SomeSeries.Daily())[600..].Count(detection => detection.IsAnomaly).ShouldBe(0);
    }

    [Theory]
    [InlineData("spike", 2500, 2501)]
    [InlineData("level shift", 2400, 2600)]
    public void A_value_far_above_all_others_is_told_at_once_and_once(string what, int from, int to)
    {
        var detections = SomeSeries.Detect(SomeSeries.Daily().With(from, to, value => value + 60));

        detections[from].IsAnomaly.ShouldBeTrue(what);
        detections[from].Reason.ShouldContain("above the expected");
        detections.Skip(from + 8).Take(to - from - 8).Count(detection => detection.IsAnomaly).ShouldBe(0);
    }

    [Fact]
    public void A_value_that_is_usual_at_another_time_of_the_day_is_told()
    {
        // The wave's height in the hours of its trough: no value that was not seen before.
        var series = SomeSeries.Daily().With(2808 - 6, 2808 + 6, value => 60);

        var told = SomeSeries.Detect(series)[2800..2820].Where(detection => detection.IsAnomaly).ToList();

        told.ShouldNotBeEmpty();
        told[0].Season.ShouldBe(Season.Day);
        told[0].Reason.ShouldContain(" for 17:3");
    }

    [Fact]
    public void A_series_that_grows_restless_is_told()
    {
        var series = SomeSeries.Daily();
        var restless = series with
        {
            Values = [.. series.Values!.Select((value, row) => row < 2500 ? value : value + (row % 2 == 0 ? 12 : -12))],
        };

        SomeSeries
            .Detect(restless)[2500..2520]
            .ShouldContain(detection => detection.IsAnomaly && (detection.Cause == Cause.Jump || detection.Cause == Cause.VarianceChange));
    }

    [Fact]
    public void A_flat_series_scores_nothing_until_it_changes()
    {
        var series = SomeSeries.Daily(500).With(0, 500, _ => 0.1).With(400, 401, _ => 0.10001);

        var detections = SomeSeries.Detect(series);

        detections[..400].Max(detection => detection.Score).ShouldBeLessThan(1e-5);
        detections[400].Score.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void What_a_series_is_measured_in_does_not_matter()
    {
        var series = SomeSeries.Daily().With(2500, 2510, value => value + 60);

        var scores = SomeSeries.Detect(series).Select(detection => detection.Score).ToArray();
        var scaled = SomeSeries.Detect(series.With(0, 3000, value => 4096 * value)).Select(detection => detection.Score).ToArray();

        scaled.ShouldBe(scores);
    }

    [Fact]
    public void Missing_values_are_said_and_not_learned()
    {
        var series = SomeSeries.Daily().With(2500, 2506, _ => double.NaN);

        var detections = SomeSeries.Detect(series);

        detections[2500..2506]
            .ShouldAllBe(detection => detection.Score == 0 && detection.Reason == "no value" && detection.Lower < detection.Upper);
        detections[2506..].Count(detection => detection.IsAnomaly).ShouldBe(0);
    }

    [Fact]
    public void Gaps_repeated_times_and_steps_back_are_said()
    {
        var series = SomeSeries.Daily(200);
        var times = series.Times;
        for (var row = 100; row < 200; row++)
        {
            times[row] += TimeSpan.FromHours(3);
        }

        times[50] = times[49];
        times[150] = times[140];

        var detections = SomeSeries.Detect(series);

        detections[100].Reason.ShouldBe("gap of 3.1 hours before");
        detections[50].Reason.ShouldContain("the time of the row before again");
        detections[150].Reason.ShouldContain("time goes back by 45 minutes");
        detections[90].Reason.ShouldBe("");
    }

    [Fact]
    public void The_expected_interval_holds_what_it_promises()
    {
        var detections = SomeSeries.Detect(SomeSeries.Daily(20_000), new DetectorOptions { IntervalWidth = 0.9 })[2000..];

        detections
            .Average(detection => detection.Value >= detection.Lower && detection.Value <= detection.Upper ? 1.0 : 0)
            .ShouldBe(0.9, 0.02);
    }

    [Fact]
    public void A_state_takes_no_more_room_after_many_rows()
    {
        Saved(200).ShouldBe(Saved(20_000));
        Saved(200).ShouldBeLessThan(24 * 1024);

        static long Saved(int rows)
        {
            var (detector, series) = (new OnlineDetector(), SomeSeries.Daily(rows));
            detector.Update(series.Times, series.Values, new Detection[rows], TestContext.Current.CancellationToken);
            using var stream = new MemoryStream();
            detector.Save(stream);
            return stream.Length;
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_row()
    {
        var (detector, series) = (new OnlineDetector(), SomeSeries.Daily());
        var (room, cancelled) = (new Detection[3000], TestContext.Current.CancellationToken);
        detector.Update(series.Times, series.Values, room, cancelled);

        var before = GC.GetAllocatedBytesForCurrentThread();
        detector.Update(series.Times, series.Values, room, cancelled);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_loaded_detector_goes_on_with_the_options_it_had()
    {
        var options = new DetectorOptions
        {
            ShortWindow = 5,
            LongWindow = 40,
            Memory = 64,
            Vigilance = 0.1,
            AlarmNovelty = 0.3,
            ScaleForgetting = 0.001,
            HoldRows = 50,
            AlarmRestraint = 10,
            WarmUpRows = 20,
            IntervalWidth = 0.8,
        };
        using var stream = new MemoryStream();

        new OnlineDetector(options).Save(stream);
        stream.Position = 0;

        OnlineDetector.Load(stream).Options.ShouldBe(options);
    }

    [Fact]
    public void A_spoilt_state_is_refused_or_safe_to_use()
    {
        using var stream = new MemoryStream();
        new OnlineDetector().Save(stream);
        var saved = stream.ToArray();
        for (var at = 0; at < saved.Length; at += 7)
        {
            var spoilt = saved.ToArray();
            spoilt.AsSpan(at, Math.Min(8, spoilt.Length - at)).Fill(0x7F);

            try
            {
                OnlineDetector.Load(new MemoryStream(spoilt)).Update(SomeSeries.Start, 1);
            }
            catch (FormatException)
            {
                // Said, not crashed.
            }
        }
    }

    [Fact]
    public void Options_out_of_their_range_are_named()
    {
        Should
            .Throw<ArgumentOutOfRangeException>(() => new OnlineDetector(new DetectorOptions { Memory = 100 }))
            .Message.ShouldContain("Memory is 100; expected is a multiple of 16.");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new OnlineDetector(new DetectorOptions { ShortWindow = 25 }))
            .Message.ShouldContain("ShortWindow is 25; expected is 1 to 24.");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new OnlineDetector(new DetectorOptions { Vigilance = double.NaN }))
            .Message.ShouldContain("Vigilance");
    }

    [Fact]
    public void Of_many_series_the_one_that_cannot_be_judged_is_named()
    {
        var good = SomeSeries.Daily(100);

        var refusal = Should.Throw<ArgumentException>(() =>
            OnlineDetector.DetectMany(
                [good, good.With(7, 8, _ => double.PositiveInfinity)],
                cancellationToken: TestContext.Current.CancellationToken
            )
        );

        refusal.Message.ShouldContain("Series 1: The value of row 7 is infinite");
    }
}
