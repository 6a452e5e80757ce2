using System.CommandLine;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Runs;

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

    private static HandledCommand List() =>
        JobsCommand.Of<RunListOptions>("runs", "List runs, newest first.", async (options, jobs, _, cancellationToken) =>
        {
            var page = await jobs.Runs.ListAsync(
                new RunFilter
                {
                    Job = options.Job is { } name ? jobs.Catalogue.Get(name).Name : null,
                    State = options.State,
                    Before = options.Before is { } id
                        ? Guid.TryParse(id, out var found)
                            ? found
                            : throw new UsageException($"--before is \"{id}\", which is no run's id.")
                        : null,
                    Limit = options.Limit,
                },
                cancellationToken
            );
            return new CommandResult(page, printer =>
            {
                printer.Table(
                    ["id", "job", "state", "by", "queued", "seconds"],
                    page.Items.Select(run =>
                        (IReadOnlyList<object?>)
                            [run.Id, run.Job, run.State, run.AskedHow, run.QueuedAt.ToString("MM-dd HH:mm:ss"), Took(run)]
                    )
                );
                if (page.Next is { } next)
                {
                    printer.Line($"Older ones: --before {next}");
                }
            });
        });

    private static HandledCommand Show() =>
        JobsCommand.Of<RunOptions>("show", "Show a run.", async (options, jobs, _, cancellationToken) =>
            Describe(await jobs.Runs.GetAsync(options.Run, cancellationToken))
        );

    private static HandledCommand Logs() =>
        JobsCommand.Of<RunLogOptions>("logs", "Show what a run has logged.", async (options, jobs, session, cancellationToken) =>
        {
            var run = await jobs.Runs.GetAsync(options.Run, cancellationToken);
            var printer = new Printer(session.Terminal.Results);
            var lines = new List<RunLogLine>();
            await foreach (
                var line in options.Follow ? jobs.Runs.FollowAsync(run.Id, 0, cancellationToken) : Lines(jobs, run.Id, cancellationToken)
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
        });

    private static HandledCommand Cancel() =>
        JobsCommand.Of<RunOptions>("cancel", "Stop a run that waits or runs.", async (options, jobs, _, cancellationToken) =>
        {
            var run = await jobs.Runs.CancelAsync(options.Run, Environment.UserName, cancellationToken);
            return Describe(run, run.State == RunState.Running ? "It stops within seconds." : null);
        });

    private static HandledCommand Retry() =>
        JobsCommand.Of<RunOptions>(
            "retry",
            "Start a run again that failed, was cancelled or timed out.",
            async (options, jobs, session, cancellationToken) =>
                Describe(
                    await jobs.Runs.RetryAsync(options.Run, session.Asker, cancellationToken),
                    "It waits for `tradepost worker` or `tradepost serve`."
                )
        );

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
