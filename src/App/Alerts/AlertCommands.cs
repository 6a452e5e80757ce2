using System.CommandLine;
using System.ComponentModel;
using Tradepost.App.Runs;
using Tradepost.Arguments;
using Tradepost.Jobs.Alerts;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Alerts;

/// <summary><c>alerts</c>: who is told when runs and feeds do not go as they should.</summary>
internal static class AlertCommands
{
    public static Command All() =>
        new("alerts", "Who is told when runs and feeds do not go as they should.") { List(), Rules(), Set(), Remove() };

    private static HandledCommand List() =>
        JobsCommand.Of<ListOptions>("list", "List the last alerts.", async (options, jobs, _, cancellationToken) =>
        {
            var alerts = await jobs.Alerts.ListAsync(options.Limit, cancellationToken);
            return new CommandResult(new { Items = alerts }, printer =>
                printer.Table(
                    ["raised", "rule", "what", "delivered", "last error"],
                    alerts.Select(alert =>
                        (IReadOnlyList<object?>)
                            [
                                alert.RaisedAt,
                                alert.Rule,
                                alert.Message,
                                alert.GivenUpAt is null ? alert.DeliveredAt : "given up",
                                alert.LastError,
                            ]
                    )
                )
            );
        });

    private static HandledCommand Rules() => JobsCommand.Of<NoOptions>("rules", "List the rules.", async (_, jobs, _, cancellationToken) =>
        {
            var rules = await jobs.Alerts.ListRulesAsync(cancellationToken);
            return new CommandResult(new { Items = rules.Select(Shown).ToList() }, printer =>
                printer.Table(
                    ["rule", "kind", "job", "time", "metric", "told"],
                    rules.Select(rule =>
                        (IReadOnlyList<object?>)[rule.Name, rule.Kind, rule.Job ?? "every job", rule.Time, rule.Metric, rule.Destination]
                    )
                )
            );
        });

    private static HandledCommand Set() =>
        JobsCommand.Of<AlertSetOptions>("set", "Set a rule that tells a webhook.", async (options, jobs, session, cancellationToken) =>
        {
            var rule = new AlertRule
            {
                Name = options.Name,
                Kind = options.Kind,
                Url = new Secret(await UrlAsync(options.Url, session, cancellationToken)),
                Job = options.Job,
                Time = options.Time,
                Metric = options.Metric,
                Tolerance = options.Tolerance,
                History = options.History,
            };
            await jobs.Alerts.SetRuleAsync(rule, Environment.UserName, cancellationToken);
            return new CommandResult(Shown(rule), printer => printer.Line($"{rule.Name} tells {rule.Destination} from now on."));
        });

    private static HandledCommand Remove() =>
        JobsCommand.Of<AlertRuleOptions>("remove", "Remove a rule.", async (options, jobs, _, cancellationToken) =>
        {
            await jobs.Alerts.RemoveRuleAsync(options.Name, cancellationToken);
            return new CommandResult(new { Status = "removed", Rule = options.Name }, printer => printer.Line($"Removed {options.Name}."));
        });

    // A webhook's address is a secret; in a file it does not show in the list of processes.
    private static async Task<string> UrlAsync(string given, Session session, CancellationToken cancellationToken) =>
        given.StartsWith('@') ? (await File.ReadAllTextAsync(session.FullPath(given[1..]), cancellationToken)).Trim() : given;

    private static object Shown(AlertRule rule) =>
        new
        {
            rule.Name,
            rule.Kind,
            rule.Job,
            Url = rule.Destination,
            Time = rule.Time is { } time ? Durations.Show(time) : null,
            rule.Metric,
            rule.Tolerance,
            rule.History,
        };
}

/// <summary>Which rule a command is about.</summary>
internal record AlertRuleOptions
{
    [Positional("NAME"), Description("the rule's name")]
    public required string Name { get; init; }
}

/// <summary>What a rule says.</summary>
internal sealed record AlertSetOptions : AlertRuleOptions
{
    [Description("What to watch for")]
    public required AlertKind Kind { get; init; }

    [Description("The webhook that is told, or @FILE that holds it"), Placeholder("URL")]
    public required string Url { get; init; }

    [Description("The job to watch; without it every job"), Placeholder("JOB")]
    public string? Job { get; init; }

    [Description("For too-long and missing, and for lost if it is to be longer: the time, such as 30m")]
    public TimeSpan? Time { get; init; }

    [Description("For drifted: the number in the job's result, such as metrics.rmse"), Placeholder("PATH")]
    public string? Metric { get; init; }

    [Description("For drifted: how far from the mean, as a share of it")]
    public double Tolerance { get; init; } = 0.25;

    [Description("For drifted: how many runs make the mean")]
    public int History { get; init; } = 10;
}
