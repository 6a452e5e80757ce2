using System.Diagnostics.Metrics;
using Tradepost.App.Telemetry.Metrics;

namespace Tradepost.App.Tests.Telemetry;

public sealed class MetricRegistryTests : IDisposable
{
    private readonly Meter meter = new("Tradepost.Tests." + Guid.NewGuid().ToString("N"));

    [Fact]
    public void A_counter_is_a_total_with_its_labels_escaped()
    {
        using var registry = MetricRegistry.Start();
        var counter = meter.CreateCounter<int>("tests.things", "{thing}", "Things with a \\ and\na break.");

        counter.Add(2, new("path.name", "a\"b\\c\nd"), new("is_good", true));
        counter.Add(3, new("is_good", true), new("path.name", "a\"b\\c\nd"));

        Lines(registry, "tests_things").ShouldBe(
        [
            @"# HELP tests_things_total Things with a \\ and\na break.",
            "# TYPE tests_things_total counter",
            """tests_things_total{is_good="true",path_name="a\"b\\c\nd"} 5""",
        ]);
    }

    [Fact]
    public void A_histogram_counts_up_to_each_bound()
    {
        using var registry = MetricRegistry.Start();
        var histogram = meter.CreateHistogram("tests.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

        foreach (var seconds in new[] { 0.05, 0.1, 0.5, 7 })
        {
            histogram.Record(seconds);
        }

        Lines(registry, "tests_wait").ShouldBe(
        [
            "# TYPE tests_wait_seconds histogram",
            """tests_wait_seconds_bucket{le="0.1"} 2""",
            """tests_wait_seconds_bucket{le="1"} 3""",
            """tests_wait_seconds_bucket{le="+Inf"} 4""",
            "tests_wait_seconds_sum 7.65",
            "tests_wait_seconds_count 4",
        ]);
    }

    [Fact]
    public void A_gauge_shows_what_is_there_now_and_forgets_what_is_gone()
    {
        using var registry = MetricRegistry.Start();
        var rooms = new Dictionary<string, long> { ["a"] = 1, ["b"] = 2 };
        meter.CreateObservableGauge("tests.room", () => rooms.Select(room => new Measurement<long>(room.Value, new KeyValuePair<string, object?>("room", room.Key))), "By");
        Lines(registry, "tests_room").Count.ShouldBe(3);

        rooms.Remove("a");

        Lines(registry, "tests_room").ShouldBe(["# TYPE tests_room_bytes gauge", """tests_room_bytes{room="b"} 2"""]);
    }

    [Fact]
    public void Labels_without_end_do_not_fill_the_memory()
    {
        using var registry = MetricRegistry.Start();
        var counter = meter.CreateCounter<int>("tests.flood");

        for (var i = 0; i < 10_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        Lines(registry, "tests_flood").Count.ShouldBe(2001);
    }

    [Fact]
    public void Measurements_from_many_threads_are_all_counted()
    {
        using var registry = MetricRegistry.Start();
        var counter = meter.CreateCounter<long>("tests.many");

        Parallel.For(0, 100_000, i => counter.Add(1, new KeyValuePair<string, object?>("odd", i % 2 == 1)));

        Lines(registry, "tests_many").ShouldContain("""tests_many_total{odd="true"} 50000""");
    }

    public void Dispose() => meter.Dispose();

    private static List<string> Lines(MetricRegistry registry, string name) => [.. registry.Write().Split('\n').Where(line => line.Contains(name, StringComparison.Ordinal))];
}
