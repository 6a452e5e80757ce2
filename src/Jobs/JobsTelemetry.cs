using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs;

/// <summary>Meters and activities under the name <c>Tradepost.Jobs</c>.</summary>
internal static class JobsTelemetry
{
    public const string Name = "Tradepost.Jobs";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Queued = Meter.CreateCounter<long>(
        "tradepost.jobs.runs.queued",
        "{run}",
        "Runs that were asked for."
    );
    private static readonly Counter<long> Started = Meter.CreateCounter<long>(
        "tradepost.jobs.runs.started",
        "{run}",
        "Attempts that were started."
    );
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "tradepost.jobs.runs.finished",
        "{run}",
        "Attempts that ended, by the state that followed."
    );
    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "tradepost.jobs.runs.active",
        "{run}",
        "Runs that this process executes."
    );
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "tradepost.jobs.run.duration",
        "s",
        "How long attempts took."
    );

    private static long depth;

    static JobsTelemetry() =>
        Meter.CreateObservableGauge(
            "tradepost.jobs.queue.depth",
            () => Volatile.Read(ref depth),
            "{run}",
            "Runs that wait, as a worker last saw it."
        );

    public static ActivitySource Activities { get; } = new(Name);

    public static void OnQueued(string job) => Queued.Add(1, Label(job));

    public static void OnDepth(long waiting) => Volatile.Write(ref depth, waiting);

    public static Activity? OnStarted(Run run)
    {
        Started.Add(1, Label(run.Job));
        Active.Add(1, Label(run.Job));
        return Activities
            .StartActivity($"job {run.Job}", ActivityKind.Consumer)
            ?.SetTag("tradepost.run.id", run.Id)
            .SetTag("tradepost.run.attempt", run.Attempt);
    }

    public static void OnFinished(Run run, string state, TimeSpan took, Activity? activity)
    {
        Finished.Add(1, Label(run.Job), KeyValuePair.Create<string, object?>("state", state));
        Active.Add(-1, Label(run.Job));
        Seconds.Record(took.TotalSeconds, Label(run.Job), KeyValuePair.Create<string, object?>("state", state));
        activity?.SetTag("tradepost.run.state", state).SetStatus(state == "succeeded" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    // Not "job": Prometheus gives each series one of its own, and would rename this.
    private static KeyValuePair<string, object?> Label(string job) => KeyValuePair.Create<string, object?>("job.name", job);
}
