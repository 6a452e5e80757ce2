using System.CommandLine;
using System.Globalization;
using Tradepost.App.Cli.Output;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;

namespace Tradepost.App.Cli.Jobs;

/// <summary><c>jobs runs</c>, <c>show</c>, <c>logs</c>, <c>cancel</c>, <c>retry</c>.</summary>
internal static class RunCommands
{
    private const int LinesAtOnce = 1000;

    public static IEnumerable<Command> All() => [List(), Show(), Logs(), Cancel(), Retry()];

    /// <summary>A run as its reader sees it.</summary>
    public static CommandResult Describe(Run run, string? note = null) => new(run, printer =>
        {
            List<(string, string)> pairs =
            [
                ("id", run.Id.ToString()),
                ("job", run.Job),
                ("state", Spelling.Snake(run.State.ToString()).Replace('_', ' ')),
                ("arguments", run.Arguments.ToJsonString(ResultJson.Options)),
                ("asked by", $"{run.AskedBy} ({Spelling.Snake(run.AskedHow.ToString())})"),
                ("attempt", $"{run.Attempt} of {run.MaxAttempts}"),
                ("queued", Values.Show("", run.QueuedAt)),
            ];
            Add("part of, or repeats", run.ParentId?.ToString());
            Add("started", run.StartedAt is { } started ? Values.Show("", started) : null);
            Add("finished", run.FinishedAt is { } finished ? Values.Show("", finished) : null);
            Add("took", Took(run) is { } took ? Values.Show("seconds", took) : null);
            Add("worker", run.State == RunState.Running ? run.Worker : null);
            Add("progress", run.Progress is { } progress ? Progress(progress) : null);
            Add("stop asked for by", run.CancelAskedBy);
            Add("error", run.Error);
            printer.Pairs(pairs);
            if (run.Result is { } result)
            {
                printer.Line();
                printer.Heading("result");
                printer.Block(result.ToJsonString(ResultJson.Indented));
            }

            if (note is not null)
            {
                printer.Line();
                printer.Line(note);
            }

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    pairs.Add((name, value));
                }
            }
        });

    private static HandledCommand List()
    {
        var job = new Option<string?>("--job") { Description = "Only of this job", HelpName = "JOB" };
        var state = RunOptions.Of<RunState>("--state", "Only in this state");
        var before = new Option<string?>("--before") { Description = "Only older than this run", HelpName = "ID" };
        var limit = RunOptions.Limit(20);
        return new HandledCommand("runs", "List runs, newest first.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var page = await jobs.Runs.ListAsync(
                        new RunFilter
                        {
                            Job = parsed.GetValue(job) is { } name ? jobs.Catalogue.Get(name).Name : null,
                            State = RunOptions.Get<RunState>(parsed, state),
                            Before = parsed.GetValue(before) is { } id
                                ? Guid.TryParse(id, out var found)
                                    ? found
                                    : throw new UsageException($"--before is \"{id}\", which is no run's id.")
                                : null,
                            Limit = RunOptions.Get(parsed, limit),
                        },
                        cancellationToken
                    );
                    return new CommandResult(page, printer =>
                    {
                        printer.Table(
                            ["id", "job", "state", "by", "queued", "seconds"],
                            page.Items.Select(run =>
                                (IReadOnlyList<object?>)
                                    [
                                        run.Id,
                                        run.Job,
                                        run.State,
                                        run.AskedHow,
                                        run.QueuedAt.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                                        Took(run),
                                    ]
                            )
                        );
                        if (page.Next is { } next)
                        {
                            printer.Line($"Older ones: --before {next}");
                        }
                    });
                },
                cancellationToken
            )) { job, state, before, limit };
    }

    private static HandledCommand Show()
    {
        var id = RunOptions.Id("what to show");
        return new HandledCommand("show", "Show a run.", (parsed, session, cancellationToken) =>
            session.WithJobsAsync(
                async jobs => Describe(await jobs.Runs.GetAsync(RunOptions.Get(parsed, id), cancellationToken)),
                cancellationToken
            )
        )
        {
            id,
        };
    }

    private static HandledCommand Logs()
    {
        var id = RunOptions.Id("whose log to show");
        var follow = new Option<bool>("--follow") { Description = "Go on until the run has ended" };
        return new HandledCommand("logs", "Show what a run has logged.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var run = await jobs.Runs.GetAsync(RunOptions.Get(parsed, id), cancellationToken);
                    var isFollowed = parsed.GetValue(follow);
                    var printer = new Printer(session.Terminal.Results);
                    var lines = new List<RunLogLine>();
                    await foreach (
                        var line in isFollowed
                            ? jobs.Runs.FollowAsync(run.Id, 0, cancellationToken)
                            : Lines(jobs, run.Id, cancellationToken)
                    )
                    {
                        if (session.IsJson)
                        {
                            lines.Add(line);
                        }
                        else
                        {
                            printer.Line($"{Values.Show("", line.At)} {line.Level, -11} {line.Message}");
                        }
                    }

                    return new CommandResult(new { Items = lines }, _ => { });
                },
                cancellationToken
            )) { id, follow };
    }

    private static HandledCommand Cancel()
    {
        var id = RunOptions.Id("what to stop");
        return new HandledCommand("cancel", "Stop a run that waits or runs.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var run = await jobs.Runs.CancelAsync(RunOptions.Get(parsed, id), Environment.UserName, cancellationToken);
                    return Describe(run, run.State == RunState.Running ? "It stops within seconds." : null);
                },
                cancellationToken
            )) { id };
    }

    private static HandledCommand Retry()
    {
        var id = RunOptions.Id("what to repeat");
        return new HandledCommand(
            "retry",
            "Start a run again that failed, was cancelled or timed out.",
            (parsed, session, cancellationToken) =>
                session.WithJobsAsync(
                    async jobs =>
                        Describe(
                            await jobs.Runs.RetryAsync(RunOptions.Get(parsed, id), session.Asker, cancellationToken),
                            "It waits for `tradepost worker` or `tradepost serve`."
                        ),
                    cancellationToken
                )
        )
        {
            id,
        };
    }

    private static async IAsyncEnumerable<RunLogLine> Lines(
        JobHost jobs,
        Guid id,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IReadOnlyList<RunLogLine> lines;
        for (var after = 0L; ; after = lines[^1].Number)
        {
            lines = await jobs.Runs.LogAsync(id, after, LinesAtOnce, cancellationToken);
            foreach (var line in lines)
            {
                yield return line;
            }

            if (lines.Count < LinesAtOnce)
            {
                yield break;
            }
        }
    }

    private static double? Took(Run run) => (run.FinishedAt - run.StartedAt)?.TotalSeconds;

    private static string Progress(RunProgress progress) =>
        (progress.Done, progress.Total) switch
        {
            ({ } done, { } total) => $"{progress.Step}, {Values.Show("", done)} of {Values.Show("", total)}",
            ({ } done, null) => $"{progress.Step}, {Values.Show("", done)}",
            _ => progress.Step,
        };
}
