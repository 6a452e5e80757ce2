using Tradepost.App.Cli.Output;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Learning;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Trading.Watching;

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

    /// <summary>Where that server shows what collectors hear; null in a process that serves nothing.</summary>
    public LiveBoard? Board { get; init; }

    public Session With(Settings others) => new(Terminal, Time, others, IsJson) { IsServed = IsServed, Board = Board };

    /// <summary>Shows a result of a command that goes on.</summary>
    public void Show(CommandResult result) => result.Show(Terminal, IsJson);

    /// <summary>Who gave the command.</summary>
    public Asker Asker => new(Environment.UserName, AskedHow.Cli) { Folder = Terminal.Folder };

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

    /// <summary>Does something with the jobs of the store that the settings name, its tables brought up to date first.</summary>
    public async Task<T> WithJobsAsync<T>(Func<JobHost, Task<T>> action, CancellationToken cancellationToken)
    {
        await using var store = Settings.Store.Open(Time);
        await new Migrator(store, Domains.Migrations, Time).MigrateAsync(cancellationToken);
        await using var jobs = new JobHost(Settings, store, Domains.Catalogue, Time, new MessageLogger(Terminal.Messages));
        return await action(jobs);
    }

    /// <summary>Does something long with its progress on standard error, when a person sees that.</summary>
    public Task<T> ShowProgressAsync<T>(Func<IProgress<JobProgress>, Task<T>> action) =>
        Terminal.MessagesAreSeen && !IsJson ? new ProgressLine(Terminal.Messages, Time).ShowAsync(action) : action(new NoProgress());

    /// <summary>Says that a step begins, and what it takes where that is much.</summary>
    public void Begin(string step, WorkSize size, IProgress<JobProgress> progress)
    {
        var notice = size.Notice(WorkLimits.Here);
        progress.Report(new JobProgress(notice is null ? step : $"{step}: {notice}"));
        if (notice is not null && (IsJson || !Terminal.MessagesAreSeen))
        {
            Terminal.Messages.Line(notice);
        }
    }

    private sealed class NoProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value) { }
    }
}
