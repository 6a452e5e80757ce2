using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Arguments;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Backfills;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Jobs.Upkeep;
using Tradepost.Jobs.Workers;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs;

/// <summary>
/// Everything about jobs over one store: what the API, the command line, workers and schedulers of a process share. The store
/// has its tables by then (<see cref="JobsMigrations"/>), and its owner disposes it after this.
/// </summary>
public sealed class JobHost : IAsyncDisposable
{
    private readonly Lazy<Runner> here;

    public JobHost(
        Settings settings,
        Store store,
        JobCatalogue catalogue,
        TimeProvider time,
        ILogger? logger = null,
        JobHostOptions? options = null
    )
    {
        (Settings, Store, Catalogue, Time) = (settings, store, catalogue, time);
        Logger = logger ?? NullLogger.Instance;
        Options = options ?? new JobHostOptions();
        Redaction = Redaction.Of(settings);
        Paths = new PathScope(settings.DataFolder, store.File, catalogue.OwnFolders);
        Webhooks = WebhookHosts.From(settings);
        Signals = Signals.Of(store);
        Queue = RunQueue.Of(store, time, Options);
        here = new Lazy<Runner>(() => new Runner(this, ProcessIdentity.NewWorkerName()));
        Runs = new RunService(this);
        Schedules = new ScheduleService(this);
        Alerts = new AlertService(this);
        Backfills = new BackfillService(this);
    }

    public JobCatalogue Catalogue { get; }

    /// <summary>Starts, finds, lists, follows, cancels and repeats runs.</summary>
    public RunService Runs { get; }

    /// <summary>Sets, lists, pauses and removes schedules.</summary>
    public ScheduleService Schedules { get; }

    /// <summary>Sets and lists alert rules, and lists alerts.</summary>
    public AlertService Alerts { get; }

    /// <summary>The days of jobs that take an interval of days, and how they get done.</summary>
    public BackfillService Backfills { get; }

    public TimeProvider Time { get; }

    internal Settings Settings { get; }

    internal Store Store { get; }

    internal ILogger Logger { get; }

    internal JobHostOptions Options { get; }

    internal Redaction Redaction { get; }

    internal Signals Signals { get; }

    internal RunQueue Queue { get; }

    /// <summary>What paths may name that come from another machine.</summary>
    internal PathScope Paths { get; }

    /// <summary>Where alerts may be posted to.</summary>
    internal WebhookHosts Webhooks { get; }

    /// <summary>Executes runs that are started and executed in this process without waiting in the queue.</summary>
    internal Runner Here => here.Value;

    /// <summary>Takes runs from the queue and executes them.</summary>
    public Worker CreateWorker(WorkerOptions? options = null) => new(this, options ?? new WorkerOptions());

    /// <summary>Starts the jobs of schedules; any number of processes may have one.</summary>
    public Scheduler CreateScheduler() => new(this);

    /// <summary>Applies alert rules and tells webhooks; any number of processes may have one.</summary>
    public AlertMonitor CreateAlertMonitor() => new(this);

    /// <summary>Removes what is no longer kept; any number of processes may have one.</summary>
    public DailyUpkeep CreateUpkeep() => new(this);

    /// <summary>A worker, a scheduler, an alert monitor and the daily upkeep, until the token is cancelled.</summary>
    public async Task RunAsync(WorkerOptions options, CancellationToken cancellationToken)
    {
        using var monitor = CreateAlertMonitor();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts =
        [
            CreateWorker(options).RunAsync(end.Token),
            CreateScheduler().RunAsync(end.Token),
            monitor.RunAsync(end.Token),
            CreateUpkeep().RunAsync(end.Token),
        ];
        await Task.WhenAny(parts); // by itself none of them ends but by a failure
        await end.CancelAsync();
        await Task.WhenAll(parts);
    }

    /// <summary>
    /// Deals with runs whose process is gone: they run again, or fail as interrupted. Workers do this by themselves, too.
    /// </summary>
    public Task<IReadOnlyList<Run>> SweepAsync(CancellationToken cancellationToken) => Queue.SweepAsync(cancellationToken);

    /// <summary>
    /// A job's arguments as whoever asks may give them: who is not at the machine names paths only inside the data folder.
    /// </summary>
    /// <exception cref="JobRightsException">The job, or an argument of it, is reserved for others.</exception>
    /// <exception cref="WrongArgumentException">A path leads out of the data folder.</exception>
    internal object Allow(JobDefinition job, object arguments, Asker asker)
    {
        JobRights.Check(job, arguments, asker.Role, Settings);
        if (arguments is BackfillOptions days && BackfillJob.FindDay(Catalogue, days) is { } day)
        {
            JobRights.Check(day.Job, day.Arguments, asker.Role, Settings);
        }

        return asker.Role == AskerRole.Operator ? Root(job, arguments, asker) : WithPaths(job, arguments, Paths.Confine);
    }

    /// <summary>
    /// A job's arguments with the paths of somebody at the machine absolute; those of others were confined when they came.
    /// </summary>
    internal object Root(JobDefinition job, object arguments, Asker asker) =>
        asker.Role == AskerRole.Operator ? WithPaths(job, arguments, (schema, values) => schema.Root(values, asker.Folder)) : arguments;

    private object WithPaths(JobDefinition job, object arguments, Action<ArgumentReader, object> makeAbsolute)
    {
        makeAbsolute(ArgumentReader.Of(job.Arguments), arguments);
        return arguments is BackfillOptions options && BackfillJob.FindDay(Catalogue, options) is { } day
            ? BackfillJob.WithPaths(makeAbsolute, options, day)
            : arguments;
    }

    public async ValueTask DisposeAsync()
    {
        if (here.IsValueCreated)
        {
            await here.Value.DisposeAsync();
        }
    }
}
