using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Runs;
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

    public JobHost(Settings settings, Store store, JobCatalogue catalogue, TimeProvider time, ILogger? logger = null, JobHostOptions? options = null)
    {
        (Settings, Store, Catalogue, Time) = (settings, store, catalogue, time);
        Logger = logger ?? NullLogger.Instance;
        Options = options ?? new JobHostOptions();
        Redaction = Redaction.Of(settings);
        Signals = Signals.Of(store);
        Queue = RunQueue.Of(store, time, Options);
        here = new Lazy<Runner>(() => new Runner(this, ProcessIdentity.NewWorkerName()));
        Runs = new RunService(this);
    }

    public JobCatalogue Catalogue { get; }

    /// <summary>Starts, finds, lists, follows, cancels and repeats runs.</summary>
    public RunService Runs { get; }

    public TimeProvider Time { get; }

    internal Settings Settings { get; }

    internal Store Store { get; }

    internal ILogger Logger { get; }

    internal JobHostOptions Options { get; }

    internal Redaction Redaction { get; }

    internal Signals Signals { get; }

    internal RunQueue Queue { get; }

    /// <summary>Executes runs that are started and executed in this process without waiting in the queue.</summary>
    internal Runner Here => here.Value;

    /// <summary>Takes runs from the queue and executes them.</summary>
    public Worker CreateWorker(WorkerOptions? options = null) => new(this, options ?? new WorkerOptions());

    /// <summary>Deals with runs whose process is gone: they run again, or fail as interrupted. Workers do this by themselves, too.</summary>
    public Task<IReadOnlyList<Run>> SweepAsync(CancellationToken cancellationToken) => Queue.SweepAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (here.IsValueCreated)
        {
            await here.Value.DisposeAsync();
        }
    }
}
