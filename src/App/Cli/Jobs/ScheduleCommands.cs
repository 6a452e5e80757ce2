using System.CommandLine;
using System.Text.Json.Nodes;
using Tradepost.App.Cli.Output;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;

namespace Tradepost.App.Cli.Jobs;

/// <summary><c>schedules</c>: what starts by itself, and when.</summary>
internal static class ScheduleCommands
{
    private const int TimesShown = 5;
    private const int FiresShown = 10;

    public static Command All() =>
        new("schedules", "What starts by itself, and when.")
        {
            List(),
            Show(),
            Set(),
            OnName("remove", "Remove a schedule.", async (jobs, _, name, cancellationToken) =>
            {
                await jobs.Schedules.RemoveAsync(name, cancellationToken);
                return new CommandResult(new { Status = "removed", Schedule = name }, printer => printer.Line($"Removed {name}."));
            }),
            OnName("pause", "Keep a schedule from starting anything.", async (jobs, by, name, cancellationToken) =>
                Describe(await jobs.Schedules.PauseAsync(name, by.Name, cancellationToken))
            ),
            OnName("resume", "Let a schedule go on.", async (jobs, by, name, cancellationToken) =>
                Describe(await jobs.Schedules.ResumeAsync(name, by, cancellationToken))
            ),
        };

    private static HandledCommand List() => new("list", "List the schedules.", (_, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    await jobs.Schedules.SeedAsync(cancellationToken);
                    var schedules = await jobs.Schedules.ListAsync(cancellationToken);
                    return new CommandResult(new { Items = schedules }, printer =>
                        printer.Table(
                            ["schedule", "cron", "zone", "job", "arguments", "next (UTC)"],
                            schedules.Select(schedule =>
                                (IReadOnlyList<object?>)
                                    [
                                        schedule.Name,
                                        schedule.Cron,
                                        schedule.TimeZone,
                                        schedule.Job,
                                        schedule.Arguments.ToJsonString(ResultJson.Options),
                                        schedule.IsPaused ? "paused" : schedule.NextAt,
                                    ]
                            )
                        )
                    );
                },
                cancellationToken
            ));

    private static HandledCommand Show() =>
        OnName("show", "Show a schedule, its next times and what became of the last.", async (jobs, by, name, cancellationToken) =>
        {
            var schedule = await jobs.Schedules.GetAsync(name, cancellationToken);
            var next = schedule.IsPaused ? [] : jobs.Schedules.NextTimes(schedule, TimesShown);
            var fires = await jobs.Schedules.FiresAsync(name, FiresShown, cancellationToken);
            return new CommandResult(
                new
                {
                    Schedule = schedule,
                    Next = next,
                    Fires = fires,
                },
                printer =>
                {
                    Describe(schedule).Print!(printer);
                    printer.Line();
                    printer.Table(["next (UTC)"], next.Select(time => (IReadOnlyList<object?>)[time]));
                    printer.Line();
                    printer.Table(
                        ["was due (UTC)", "what became of it", "run", "why"],
                        fires.Select(fire => (IReadOnlyList<object?>)[fire.FireAt, fire.State, fire.RunId, fire.Note])
                    );
                }
            );
        });

    private static HandledCommand Set()
    {
        var name = new Argument<string>("NAME") { Description = "the schedule's name" };
        var cron = new Option<string>("--cron")
        {
            Description = "Minute, hour, day of the month, month, day of the week, in quotes (required)",
            HelpName = "CRON",
            Required = true,
        };
        var job = new Option<string>("--job")
        {
            Description = "The job; its own options may follow, such as --mode full (required)",
            HelpName = "JOB",
            Required = true,
        };
        var zone = new Option<string>("--time-zone")
        {
            Description = "The zone of the times (default UTC)",
            HelpName = "ZONE",
            DefaultValueFactory = _ => "UTC",
        };
        var misfire = RunOptions.Of<MisfirePolicy>("--misfire", "When nobody was there at the time (default run-once)");
        var overlap = RunOptions.Of<OverlapPolicy>("--overlap", "When a run that excludes it is active (default skip)");
        var paused = new Option<bool>("--paused") { Description = "Set it, and start nothing yet" };
        return new HandledCommand(
            "set",
            "Set a schedule: when which job starts, with which arguments.",
            (parsed, session, cancellationToken) =>
                session.WithJobsAsync(
                    async jobs =>
                    {
                        await jobs.Schedules.SeedAsync(cancellationToken);
                        var definition = jobs.Catalogue.Get(parsed.GetRequiredValue(job));
                        var schedule = new NewSchedule
                        {
                            Name = parsed.GetRequiredValue(name),
                            Job = definition.Name,
                            Cron = parsed.GetRequiredValue(cron),
                            Arguments = ArgumentsOf(definition, parsed.UnmatchedTokens),
                            TimeZone = parsed.GetValue(zone)!,
                            Misfire = RunOptions.Get<MisfirePolicy>(parsed, misfire) ?? MisfirePolicy.RunOnce,
                            Overlap = RunOptions.Get<OverlapPolicy>(parsed, overlap) ?? OverlapPolicy.Skip,
                            IsPaused = parsed.GetValue(paused),
                        };
                        return Describe(await jobs.Schedules.SetAsync(schedule, session.Asker, cancellationToken));
                    },
                    cancellationToken
                )
        )
        {
            name,
            cron,
            job,
            zone,
            misfire,
            overlap,
            paused,
        }.TakingMore();
    }

    private static HandledCommand OnName(
        string verb,
        string description,
        Func<JobHost, Asker, string, CancellationToken, Task<CommandResult>> action
    )
    {
        var name = new Argument<string>("NAME") { Description = "the schedule's name" };
        return new HandledCommand(verb, description, (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    await jobs.Schedules.SeedAsync(cancellationToken);
                    return await action(jobs, session.Asker, parsed.GetRequiredValue(name), cancellationToken);
                },
                cancellationToken
            )) { name };
    }

    /// <summary>What stands behind the command's own options: <c>--mode incremental --days 7</c>.</summary>
    private static JsonObject ArgumentsOf(JobDefinition job, IReadOnlyList<string> words)
    {
        var given = new List<(string Option, List<string> Texts)>();
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                var parts = word.Split('=', 2);
                given.Add((parts[0], [.. parts.Skip(1)]));
            }
            else if (given.Count > 0)
            {
                given[^1].Texts.Add(word);
            }
            else
            {
                throw new UsageException(
                    $"'tradepost schedules set' does not take '{word}'. `tradepost schedules set --help` shows what it takes."
                );
            }
        }

        var arguments = ArgumentReader.Of(job.Arguments);
        return arguments.ToJson(
            arguments.FromText(given.Select(option => KeyValuePair.Create(option.Option, (IReadOnlyList<string>)option.Texts)))
        );
    }

    private static CommandResult Describe(Schedule schedule) =>
        new(schedule, printer =>
            printer.Pairs(
                ("schedule", schedule.Name),
                ("job", schedule.Job),
                ("arguments", schedule.Arguments.ToJsonString(ResultJson.Options)),
                ("cron", $"{schedule.Cron} ({schedule.TimeZone})"),
                ("when missed", Spelling.Kebab(schedule.Misfire.ToString())),
                ("when another runs", Spelling.Kebab(schedule.Overlap.ToString())),
                ("next (UTC)", schedule.IsPaused ? "paused" : Values.Show("", schedule.NextAt)),
                ("changed", $"{Values.Show("", schedule.ChangedAt)} by {schedule.ChangedBy}")
            )
        );
}
