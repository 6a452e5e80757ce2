using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Tradepost.App.Tests.Hosting;

namespace Tradepost.App.Tests.Telemetry;

public sealed partial class MetricsTests : IDisposable
{
    private readonly Meter meter = new("Tradepost.Tests." + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_counter_is_a_total_with_its_labels_escaped()
    {
        await using var world = await ApiWorld.StartAsync();
        var counter = meter.CreateCounter<int>("tests.things", "{thing}", "Things with a \\ and\na break.");

        counter.Add(2, new("path.name", "a\"b\\c\nd"), new("is_good", true));
        counter.Add(3, new("is_good", true), new("path.name", "a\"b\\c\nd"));

        (await LinesAsync(world, "tests_things")).ShouldBe([
            "# TYPE tests_things_total counter",
            @"# HELP tests_things_total Things with a \\ and\na break.",
            """tests_things_total{is_good="true",path_name="a\"b\\c\nd"} 5""",
        ]);
    }

    [Fact]
    public async Task A_histogram_counts_up_to_each_bound()
    {
        await using var world = await ApiWorld.StartAsync();
        var histogram = meter.CreateHistogram(
            "tests.wait",
            "s",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] }
        );

        foreach (var seconds in new[] { 0.05, 0.1, 0.5, 7 })
        {
            histogram.Record(seconds);
        }

        (await LinesAsync(world, "tests_wait")).ShouldBe([
            "# TYPE tests_wait_seconds histogram",
            """tests_wait_seconds_bucket{le="0.1"} 2""",
            """tests_wait_seconds_bucket{le="1"} 3""",
            """tests_wait_seconds_bucket{le="+Inf"} 4""",
            "tests_wait_seconds_sum 7.65",
            "tests_wait_seconds_count 4",
        ]);
    }

    [Theory]
    [InlineData("s", "0.005", "1800")]
    [InlineData("{row}", "1", "10000000")]
    public async Task A_histogram_without_bounds_of_its_own_has_those_of_its_unit(string unit, string first, string last)
    {
        await using var world = await ApiWorld.StartAsync();
        meter.CreateHistogram<double>("tests.usual", unit).Record(1);

        var bounds = (await LinesAsync(world, "tests_usual"))
            .Where(line => line.Contains("_bucket", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])
            .ToList();

        (bounds[0], bounds[^2], bounds[^1]).ShouldBe((first, last, "+Inf"));
    }

    [Fact]
    public async Task Labels_without_end_do_not_fill_the_memory()
    {
        await using var world = await ApiWorld.StartAsync();
        var counter = meter.CreateCounter<int>("tests.flood");

        for (var i = 0; i < 10_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        (await LinesAsync(world, "tests_flood")).Count.ShouldBeLessThanOrEqualTo(2002);
        (await LinesAsync(world, "otel_metric_overflow")).Count.ShouldBe(1, "what has no series of its own is counted in one");
    }

    [Fact]
    public async Task Measurements_from_many_threads_are_all_counted()
    {
        await using var world = await ApiWorld.StartAsync();
        var counter = meter.CreateCounter<long>("tests.many");

        Parallel.For(0, 100_000, i => counter.Add(1, new KeyValuePair<string, object?>("odd", i % 2 == 1)));

        (await LinesAsync(world, "tests_many")).ShouldContain("""tests_many_total{odd="true"} 50000""");
    }

    public void Dispose() => meter.Dispose();

    [GeneratedRegex("otel_scope_name=\"[^\"]*\",?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scope();

    /// <summary>The lines of a metric, without the label that says which part of the program measures it.</summary>
    private static async Task<List<string>> LinesAsync(ApiWorld world, string name)
    {
        var text = await world.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        return
        [
            .. text.Split('\n')
                .Where(line => line.Contains(name, StringComparison.Ordinal))
                .Select(line => Scope().Replace(line, "").Replace("{}", "")),
        ];
    }
}
