using Tradepost.App.Cli.Output;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Cli;

/// <summary>What the commands of one call work with.</summary>
internal sealed class Session(Terminal terminal, TimeProvider time, Settings settings, bool isJson)
{
    public Terminal Terminal { get; } = terminal;

    public TimeProvider Time { get; } = time;

    public Settings Settings { get; } = settings;

    public bool IsJson { get; } = isJson;

    /// <summary>Whether a server that holds the embedded store works on this for another process.</summary>
    public bool IsServed { get; init; }

    public Session With(Settings others) => new(Terminal, Time, others, IsJson) { IsServed = IsServed };

    /// <summary>A path as the user means it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Terminal.Folder);

    /// <summary>Runs a job on the store that the settings name, its tables brought up to date first.</summary>
    public async Task<object> RunAsync(JobDefinition job, object arguments, CancellationToken cancellationToken)
    {
        await using var store = Settings.Store.Open(Time);
        return await ShowProgressAsync(progress => RunAsync(job, arguments, store, progress, cancellationToken));
    }

    /// <summary>Does something long with its progress on standard error, when a person sees that.</summary>
    public Task<T> ShowProgressAsync<T>(Func<IProgress<JobProgress>, Task<T>> action) =>
        Terminal.MessagesAreSeen && !IsJson ? new ProgressLine(Terminal.Messages, Time).ShowAsync(action) : action(new NoProgress());

    private async Task<object> RunAsync(JobDefinition job, object arguments, Store store, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        await new Migrator(store, Domains.Migrations, Time).MigrateAsync(cancellationToken);
        var context = new JobContext { Settings = Settings, Store = store, Time = Time, Progress = progress, Logger = new MessageLogger(Terminal.Messages) };
        return await job.Run(arguments, context, cancellationToken);
    }

    private sealed class NoProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}
