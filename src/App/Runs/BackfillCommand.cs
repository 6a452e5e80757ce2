using System.ComponentModel;
using Tradepost.Arguments;
using Tradepost.Jobs.Backfills;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Runs;

/// <summary><c>jobs backfill</c>: the days of a job that are missing or failed.</summary>
internal static class BackfillCommand
{
    public static HandledCommand Create() =>
        HandledCommand.Of<BackfillCommandOptions>(
            "backfill",
            "Do the days of a job that are missing or failed.",
            async (given, session, cancellationToken) =>
            {
                if (given.DryRun)
                {
                    return await session.WithJobsAsync(
                        async jobs => Show(await jobs.Backfills.DaysAsync(given.Job, given.From, given.To, cancellationToken)),
                        cancellationToken
                    );
                }

                var options = new BackfillOptions
                {
                    Job = given.Job,
                    From = given.From,
                    To = given.To,
                    Arguments = given.Arguments,
                };
                return new CommandResult(await session.RunAsync(Domains.Catalogue.Get("jobs.backfill"), options, cancellationToken));
            }
        );

    private static CommandResult Show(IReadOnlyList<BackfillDay> days) =>
        new(
            new
            {
                Days = days,
                Counts = days.GroupBy(day => day.State).ToDictionary(group => Spelling.Snake(group.Key.ToString()), group => group.Count()),
            },
            printer =>
            {
                printer.Table(["day", "state", "run"], days.Select(day => (IReadOnlyList<object?>)[day.Day, day.State, day.RunId]));
                printer.Line(
                    string.Join(
                        ", ",
                        days.GroupBy(day => day.State)
                            .OrderBy(group => group.Key)
                            .Select(group => $"{Values.Show("", group.Count())} {Spelling.Kebab(group.Key.ToString())}")
                    )
                );
            }
        );
}

internal sealed record BackfillCommandOptions
{
    [Positional("JOB"), Description("a job that takes an interval of days")]
    public required string Job { get; init; }

    [Description("First day")]
    public required DateOnly From { get; init; }

    [Description("Last day, included")]
    public required DateOnly To { get; init; }

    [Description("The job's other arguments, as a JSON object"), Placeholder("JSON")]
    public string? Arguments { get; init; }

    [Description("Only show which days are done, missing and failed")]
    public bool DryRun { get; init; }
}
