using System.CommandLine;
using Tradepost.Arguments;
using Tradepost.Jobs.Alerts;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Cli.Jobs;

/// <summary><c>alerts</c>: who is told when runs and feeds do not go as they should.</summary>
internal static class AlertCommands
{
    public static Command All() =>
        new("alerts", "Who is told when runs and feeds do not go as they should.") { List(), Rules(), Set(), Remove() };

    private static HandledCommand List()
    {
        var limit = RunOptions.Limit(20);
        return new HandledCommand("list", "List the last alerts.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var alerts = await jobs.Alerts.ListAsync(RunOptions.Get(parsed, limit), cancellationToken);
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
                },
                cancellationToken
            )) { limit };
    }

    private static HandledCommand Rules() => new("rules", "List the rules.", (_, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var rules = await jobs.Alerts.ListRulesAsync(cancellationToken);
                    return new CommandResult(new { Items = rules.Select(Shown).ToList() }, printer =>
                        printer.Table(
                            ["rule", "kind", "job", "time", "metric", "told"],
                            rules.Select(rule =>
                                (IReadOnlyList<object?>)
                                    [rule.Name, rule.Kind, rule.Job ?? "every job", rule.Time, rule.Metric, rule.Destination]
                            )
                        )
                    );
                },
                cancellationToken
            ));

    private static HandledCommand Set()
    {
        var name = new Argument<string>("NAME") { Description = "the rule's name" };
        var kind = RunOptions.Of<AlertKind>("--kind", "What to watch for (required)");
        var url = new Option<string>("--url")
        {
            Description = "The webhook that is told, or @FILE that holds it (required)",
            HelpName = "URL",
            Required = true,
        };
        var job = new Option<string?>("--job") { Description = "The job to watch; without it every job", HelpName = "JOB" };
        var time = new Option<string?>("--time")
        {
            Description = "For too-long and missing, and for lost if it is to be longer: the time, such as 30m",
            HelpName = "DURATION",
        };
        var metric = new Option<string?>("--metric")
        {
            Description = "For drifted: the number in the job's result, such as metrics.rmse",
            HelpName = "PATH",
        };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "For drifted: how far from the mean, as a share of it (default 0.25)",
            HelpName = "N",
            DefaultValueFactory = _ => 0.25,
        };
        var history = new Option<int>("--history")
        {
            Description = "For drifted: how many runs make the mean (default 10)",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        return new HandledCommand("set", "Set a rule that tells a webhook.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    var rule = new AlertRule
                    {
                        Name = parsed.GetRequiredValue(name),
                        Kind = RunOptions.Get<AlertKind>(parsed, kind) ?? throw new UsageException("Option '--kind' is required."),
                        Url = new Secret(await UrlAsync(parsed.GetRequiredValue(url), session, cancellationToken)),
                        Job = parsed.GetValue(job),
                        Time = parsed.GetValue(time) is { } text ? Durations.Read("--time", text) : null,
                        Metric = parsed.GetValue(metric),
                        Tolerance = parsed.GetValue(tolerance),
                        History = parsed.GetValue(history),
                    };
                    await jobs.Alerts.SetRuleAsync(rule, Environment.UserName, cancellationToken);
                    return new CommandResult(Shown(rule), printer => printer.Line($"{rule.Name} tells {rule.Destination} from now on."));
                },
                cancellationToken
            )) { name, kind, url, job, time, metric, tolerance, history };
    }

    private static HandledCommand Remove()
    {
        var name = new Argument<string>("NAME") { Description = "the rule's name" };
        return new HandledCommand("remove", "Remove a rule.", (parsed, session, cancellationToken) => session.WithJobsAsync(
                async jobs =>
                {
                    await jobs.Alerts.RemoveRuleAsync(parsed.GetRequiredValue(name), cancellationToken);
                    return new CommandResult(new { Status = "removed", Rule = parsed.GetRequiredValue(name) }, printer =>
                        printer.Line($"Removed {parsed.GetRequiredValue(name)}.")
                    );
                },
                cancellationToken
            )) { name };
    }

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
