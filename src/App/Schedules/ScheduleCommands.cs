using System.CommandLine;
using System.ComponentModel;
using System.Text.Json.Nodes;
using Tradepost.App.Runs;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Schedules;

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

    private static HandledCommand List() =>
        JobsCommand.Of<NoOptions>("list", "List the schedules.", async (_, jobs, _, cancellationToken) =>
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
        });

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

    private static HandledCommand Set() =>
        HandledCommand.TakingMore<ScheduleSetOptions>(
            "set",
            "Set a schedule: when which job starts, with which arguments.",
            (options, more, session, cancellationToken) =>
                session.WithJobsAsync(
                    async jobs =>
                    {
                        await jobs.Schedules.SeedAsync(cancellationToken);
                        var definition = jobs.Catalogue.Get(options.Job);
                        var schedule = new NewSchedule
                        {
                            Name = options.Name,
                            Job = definition.Name,
                            Cron = options.Cron,
                            Arguments = ArgumentsOf(definition, more),
                            TimeZone = options.TimeZone,
                            Misfire = options.Misfire,
                            Overlap = options.Overlap,
                            IsPaused = options.Paused,
                        };
                        return Describe(await jobs.Schedules.SetAsync(schedule, session.Asker, cancellationToken));
                    },
                    cancellationToken
                )
        );

    private static HandledCommand OnName(
        string verb,
        string description,
        Func<JobHost, Asker, string, CancellationToken, Task<CommandResult>> action
    ) => JobsCommand.Of<ScheduleOptions>(verb, description, async (options, jobs, session, cancellationToken) =>
        {
            await jobs.Schedules.SeedAsync(cancellationToken);
            return await action(jobs, session.Asker, options.Name, cancellationToken);
        });

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

/// <summary>Which schedule a command is about.</summary>
internal record ScheduleOptions
{
    [Positional("NAME"), Description("the schedule's name")]
    public required string Name { get; init; }
}

/// <summary>What a schedule says.</summary>
internal sealed record ScheduleSetOptions : ScheduleOptions
{
    [Description("Minute, hour, day of the month, month, day of the week, in quotes"), Placeholder("CRON")]
    public required string Cron { get; init; }

    [Description("The job; its own options may follow, such as --mode full"), Placeholder("JOB")]
    public required string Job { get; init; }

    [Description("The zone of the times"), Placeholder("ZONE")]
    public string TimeZone { get; init; } = "UTC";

    [Description("When nobody was there at the time")]
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    [Description("When a run that excludes it is active")]
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    [Description("Set it, and start nothing yet")]
    public bool Paused { get; init; }
}
