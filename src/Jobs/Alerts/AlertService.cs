using System.Data.Common;
using System.Text.RegularExpressions;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Alerts;

/// <summary>Alert rules and what they have raised, for whoever sets and reads them. <see cref="AlertMonitor"/> applies them.</summary>
public sealed partial class AlertService
{
    private const string RuleColumns = "name, kind, job, seconds, metric, tolerance, history";

    private readonly JobHost host;
    private readonly AlertAddresses addressBook;

    internal AlertService(JobHost host) => (this.host, addressBook) = (host, new AlertAddresses(host.Store));

    public async Task<IReadOnlyList<AlertRule>> ListRulesAsync(CancellationToken cancellationToken)
    {
        var rules = await host.Queue.WithAsync(
            connection => connection.ReadAsync($"SELECT {RuleColumns} FROM job_alert_rules ORDER BY name", ReadRule, cancellationToken),
            cancellationToken
        );
        var addresses = rules.Count == 0 ? new Dictionary<string, Secret>() : await addressBook.ListAsync(cancellationToken);
        return [.. rules.Select(rule => rule with { Url = addresses.TryGetValue(rule.Name, out var url) ? url : AlertAddresses.None })];
    }

    /// <summary>Creates a rule, or replaces the one of that name. It looks at what happens from now on.</summary>
    /// <exception cref="WrongArgumentException">A value is missing or not allowed.</exception>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    public async Task SetRuleAsync(AlertRule rule, string by, CancellationToken cancellationToken)
    {
        Check(rule);
        await addressBook.SetAsync(rule.Name, rule.Url, cancellationToken);
        await host.Queue.WithAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    INSERT INTO job_alert_rules (name, kind, job, seconds, metric, tolerance, history, changed_by, changed_at)
                    VALUES (@Name, @Kind, @Job, CAST(@Seconds AS double precision), @Metric, @Tolerance, @History, @By, @Now)
                    ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, job = excluded.job, seconds = excluded.seconds,
                        metric = excluded.metric, tolerance = excluded.tolerance, history = excluded.history,
                        changed_by = excluded.changed_by, changed_at = excluded.changed_at
                    """,
                    new
                    {
                        rule.Name,
                        Kind = rule.Kind.ToString(),
                        rule.Job,
                        Seconds = rule.Time?.TotalSeconds,
                        rule.Metric,
                        rule.Tolerance,
                        rule.History,
                        By = by,
                        Now = host.Time.UtcMoment(),
                    },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <summary>Removes a rule; what it has raised is still delivered.</summary>
    /// <exception cref="UnknownAlertRuleException">There is none of that name.</exception>
    public async Task RemoveRuleAsync(string name, CancellationToken cancellationToken)
    {
        var removed = await host.Queue.WithAsync(
            connection => connection.ExecuteAsync("DELETE FROM job_alert_rules WHERE name = @name", new { name }, cancellationToken),
            cancellationToken
        );
        if (removed == 0)
        {
            throw new UnknownAlertRuleException(name);
        }

        await addressBook.RemoveAsync(name, cancellationToken);
    }

    /// <summary>The last alerts, newest first.</summary>
    public Task<IReadOnlyList<Alert>> ListAsync(int limit, CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    $"""
                    SELECT id, rule, run_id, message, raised_at, attempts, delivered_at, given_up_at, last_error
                    FROM job_alerts ORDER BY raised_at DESC, id LIMIT {Math.Clamp(limit, 1, 1000)}
                    """,
                    row => new Alert
                    {
                        Id = row.GetString(0),
                        Rule = row.GetString(1),
                        RunId = row.IsDBNull(2) ? null : row.GetGuid(2),
                        Message = row.GetString(3),
                        RaisedAt = row.GetDateTime(4),
                        Attempts = row.GetInt32(5),
                        DeliveredAt = row.IsDBNull(6) ? null : row.GetDateTime(6),
                        GivenUpAt = row.IsDBNull(7) ? null : row.GetDateTime(7),
                        LastError = row.IsDBNull(8) ? null : row.GetString(8),
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    private static AlertRule ReadRule(DbDataReader row) =>
        new()
        {
            Name = row.GetString(0),
            Kind = Enum.Parse<AlertKind>(row.GetString(1)),
            Job = row.IsDBNull(2) ? null : row.GetString(2),
            Url = AlertAddresses.None,
            Time = row.IsDBNull(3) ? null : TimeSpan.FromSeconds(row.GetDouble(3)),
            Metric = row.IsDBNull(4) ? null : row.GetString(4),
            Tolerance = row.GetDouble(5),
            History = row.GetInt32(6),
        };

    private void Check(AlertRule rule)
    {
        if (!Name().IsMatch(rule.Name))
        {
            throw new WrongArgumentException(
                "name",
                $"name is \"{rule.Name}\"; it must be 1 to 100 letters, digits, dots, hyphens or underscores."
            );
        }

        if (
            !Uri.TryCreate(rule.Url.Reveal(), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
        )
        {
            throw new WrongArgumentException(
                "url",
                "url is not the address of a webhook; expected is https://host/path, without a user in it."
            );
        }

        if (host.Webhooks.FindRefusal(url) is { } refusal)
        {
            throw new WrongArgumentException("url", $"url cannot be used: {refusal}");
        }

        if (rule.Job is { } job)
        {
            host.Catalogue.Get(job);
        }

        var kind = Spelling.Snake(rule.Kind.ToString());
        Require("job", rule.Kind is AlertKind.Missing or AlertKind.Drifted, rule.Job is not null, "the job to watch");
        Require("time", rule.Kind is AlertKind.TooLong or AlertKind.Missing, rule.Time > TimeSpan.Zero, "a duration such as 30m");
        Require(
            "metric",
            rule.Kind is AlertKind.Drifted,
            !string.IsNullOrWhiteSpace(rule.Metric),
            "a path into the job's result such as metrics.rmse"
        );
        Require("tolerance", isNeeded: true, rule.Tolerance is > 0 and <= 1000, "a share above 0, such as 0.25");
        Require("history", isNeeded: true, rule.History is >= 1 and <= 1000, "1 to 1000 runs");

        void Require(string field, bool isNeeded, bool isGiven, string expected)
        {
            if (isNeeded && !isGiven)
            {
                throw new WrongArgumentException(field, $"{field} is missing or not allowed; a rule of kind {kind} needs {expected}.");
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
