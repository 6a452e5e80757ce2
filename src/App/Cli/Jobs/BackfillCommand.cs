using System.CommandLine;
using System.Globalization;
using Tradepost.App.Cli.Output;
using Tradepost.Arguments;
using Tradepost.Jobs.Backfills;

namespace Tradepost.App.Cli.Jobs;

/// <summary><c>jobs backfill</c>: the days of a job that are missing or failed.</summary>
internal static class BackfillCommand
{
    public static HandledCommand Create()
    {
        var job = new Argument<string>("JOB") { Description = "a job that takes an interval of days" };
        var from = new Option<string>("--from")
        {
            Description = "First day (required)",
            HelpName = "DAY",
            Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = "Last day, included (required)",
            HelpName = "DAY",
            Required = true,
        };
        var arguments = new Option<string?>("--arguments")
        {
            Description = "The job's other arguments, as a JSON object",
            HelpName = "JSON",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show which days are done, missing and failed" };
        return new HandledCommand(
            "backfill",
            "Do the days of a job that are missing or failed.",
            async (parsed, session, cancellationToken) =>
            {
                var options = new BackfillOptions
                {
                    Job = parsed.GetRequiredValue(job),
                    From = Day(parsed, from),
                    To = Day(parsed, to),
                    Arguments = parsed.GetValue(arguments),
                };
                if (parsed.GetValue(dryRun))
                {
                    return await session.WithJobsAsync(
                        async jobs =>
                            Show(await jobs.Backfills.DaysAsync(options.Job, options.From!.Value, options.To!.Value, cancellationToken)),
                        cancellationToken
                    );
                }

                return new CommandResult(await session.RunAsync(Domains.Catalogue.Get("jobs.backfill"), options, cancellationToken));
            }
        )
        {
            job,
            from,
            to,
            arguments,
            dryRun,
        };
    }

    private static DateOnly Day(ParseResult parsed, Option<string> option) =>
        DateOnly.TryParseExact(
            parsed.GetRequiredValue(option),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw new UsageException($"{option.Name} is \"{parsed.GetRequiredValue(option)}\"; expected is a day such as 2026-01-31.");

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
