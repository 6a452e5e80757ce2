using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Serving.Commands;

/// <summary>What the commands of one call work with.</summary>
public sealed record Session
{
    /// <summary>Where results and messages go.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The settings in force.</summary>
    public required Settings Settings { get; init; }

    /// <summary>Whether the result is to be one JSON document.</summary>
    public required bool IsJson { get; init; }

    /// <summary>Every job of the program, and every table.</summary>
    public required JobCatalogue Catalogue { get; init; }

    /// <summary>
    /// Starts the log, the metrics and the traces of a command that runs for long, by the form that it was given for its log.
    /// </summary>
    public required StartTelemetry StartTelemetry { get; init; }

    /// <summary>Keeps a record of what matters to security, as requests do by <see cref="Callers.IAudit"/>.</summary>
    public required AddToAudit Audit { get; init; }

    /// <summary>Whether a server that holds the embedded store works on this for another process.</summary>
    public bool IsServed { get; init; }

    /// <summary>What that server's routes share with its commands; nothing in a process that serves nothing.</summary>
    public IReadOnlyList<object> Shared { get; init; } = [];

    /// <summary>Who gave the command.</summary>
    public Asker Asker => new(Environment.UserName, AskedHow.Cli) { Folder = Terminal.Folder };

    /// <summary>Shows a result of a command that goes on.</summary>
    public void Show(CommandResult result) => result.Show(Terminal, IsJson);

    /// <summary>A path as the user means it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Terminal.Folder);

    /// <summary>Runs a job in this process, with a record in the store like any other run.</summary>
    public Task<object> RunAsync(JobDefinition job, object arguments, CancellationToken cancellationToken) =>
        ShowProgressAsync(progress =>
            WithJobsAsync(
                async jobs =>
                {
                    await jobs.SweepAsync(cancellationToken);
                    return await jobs.Runs.RunHereAsync(
                        job,
                        arguments,
                        Asker,
                        new MessageLogger(Terminal.Messages),
                        progress,
                        cancellationToken
                    );
                },
                cancellationToken
            )
        );

    /// <summary>Runs a job of the catalogue, whose result is of this type, in this process.</summary>
    public async Task<TResult> RunAsync<TResult>(string job, object arguments, CancellationToken cancellationToken) =>
        (TResult)await RunAsync(Catalogue.Get(job), arguments, cancellationToken);

    /// <summary>Does something with the store that the settings name, its tables brought up to date first.</summary>
    public async Task<T> WithStoreAsync<T>(Func<Store, Task<T>> action, CancellationToken cancellationToken)
    {
        await using var store = Settings.Store.Open(Time);
        await new Migrator(store, Catalogue.Migrations, Time).MigrateAsync(cancellationToken);
        return await action(store);
    }

    /// <summary>Does something with the jobs of that store.</summary>
    public Task<T> WithJobsAsync<T>(Func<JobHost, Task<T>> action, CancellationToken cancellationToken) =>
        WithStoreAsync(
            async store =>
            {
                await using var jobs = new JobHost(Settings, store, Catalogue, Time, new MessageLogger(Terminal.Messages));
                return await action(jobs);
            },
            cancellationToken
        );

    /// <summary>Does something long with its progress on standard error, when a person sees that.</summary>
    public Task<T> ShowProgressAsync<T>(Func<IProgress<JobProgress>, Task<T>> action) =>
        Terminal.MessagesAreSeen && !IsJson ? new ProgressLine(Terminal.Messages, Time).ShowAsync(action) : action(new NoProgress());

    private sealed class NoProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value) { }
    }
}

/// <summary>Adds what was done at the command line to something: the action, such as <c>reject.mended</c>, and to whom or what.</summary>
public delegate Task AddToAudit(Store store, string action, string subject, CancellationToken cancellationToken);

/// <summary>Starts what a process that runs for long tells about itself, by the form of its log; null: as the settings say.</summary>
public delegate ILoggerProvider StartTelemetry(Session session, string? log);
