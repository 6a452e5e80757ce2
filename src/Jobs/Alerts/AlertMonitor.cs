using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs.Alerts;

/// <summary>
/// Applies the rules and tells their webhooks. An alert is a row before it is told, so that none is lost; whoever receives it
/// may see it twice when a process dies at the wrong moment, with the same id.
/// </summary>
public sealed partial class AlertMonitor : IDisposable
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly RetryPolicy Delivery = new(15, TimeSpan.FromSeconds(15), TimeSpan.FromHours(6)); // over a day in all
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly JobHost host;
    private readonly WebhookClient webhooks;

    internal AlertMonitor(JobHost host) => (this.host, webhooks) = (host, new WebhookClient(host.Webhooks, Patience));

    private DateTime Now => host.Time.UtcMoment();

    /// <summary>Runs until the token is cancelled; the store may be away meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await RaiseAsync(cancellationToken);
                    await DeliverAsync(cancellationToken);
                }
                catch (Exception e) when (StoreFailure.IsOfStore(e))
                {
                    LogStoreAway(host.Logger, e.Message);
                }

                await Task.Delay(Interval, host.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
    }

    public void Dispose() => webhooks.Dispose();

    /// <summary>Writes down what the rules find.</summary>
    internal async Task RaiseAsync(CancellationToken cancellationToken)
    {
        foreach (var rule in await host.Alerts.ListRulesAsync(cancellationToken))
        {
            await host.Queue.TransactAsync(
                async connection =>
                {
                    var changed = await connection.ScalarAsync<DateTime>(
                        "SELECT changed_at FROM job_alert_rules WHERE name = @Name",
                        new { rule.Name },
                        cancellationToken
                    );
                    foreach (
                        var finding in await AlertConditions.FindAsync(connection, host.Catalogue, rule, changed, Now, cancellationToken)
                    )
                    {
                        await SaveAsync(connection, rule, finding, cancellationToken);
                    }

                    return true;
                },
                cancellationToken
            );
        }
    }

    /// <summary>Tells what is due to be told.</summary>
    internal async Task DeliverAsync(CancellationToken cancellationToken)
    {
        // Taken before it is told: another process leaves it alone meanwhile, and finds it again if this one dies.
        var due = await host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    $"""
                    UPDATE job_alerts SET attempts = attempts + 1, next_try_at = @later
                    WHERE id IN (SELECT id FROM job_alerts WHERE delivered_at IS NULL AND given_up_at IS NULL AND next_try_at <= @Now
                      ORDER BY raised_at LIMIT {AtOnce} {host.Queue.SkipLocked})
                    RETURNING id, rule, payload, attempts
                    """,
                    new { Now, later = Now + (Patience * 3) },
                    row => (Id: row.GetString(0), Rule: row.GetString(1), Payload: row.GetString(2), Attempt: row.GetInt32(3)),
                    cancellationToken
                ),
            cancellationToken
        );
        if (due.Count == 0)
        {
            return;
        }

        var rules = (await host.Alerts.ListRulesAsync(cancellationToken)).ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        await Task.WhenAll(
            due.Select(async alert =>
            {
                var error = rules.TryGetValue(alert.Rule, out var rule)
                    ? await PostAsync(rule, alert.Payload, cancellationToken)
                    : "Its rule was removed.";
                await NoteAsync(alert.Id, alert.Attempt, rule is null ? Delivery.MaxAttempts : alert.Attempt, error, cancellationToken);
            })
        );
    }

    private Task<int> SaveAsync(DbConnection connection, AlertRule rule, Finding finding, CancellationToken cancellationToken)
    {
        var payload = new
        {
            finding.Id,
            Rule = rule.Name,
            rule.Kind,
            finding.Job,
            Text = finding.Message,
            RaisedAt = Now,
            Run = finding.Run is { } run
                ? new
                {
                    run.Id,
                    run.State,
                    run.Attempt,
                    run.AskedBy,
                    run.AskedHow,
                    run.StartedAt,
                    run.FinishedAt,
                    run.Error,
                }
                : null,
        };
        return connection.ExecuteAsync(
            """
            INSERT INTO job_alerts (id, rule, run_id, message, payload, raised_at, next_try_at, attempts)
            VALUES (@Id, @Rule, @RunId, @Message, CAST(@Payload AS json), @Now, @Now, 0) ON CONFLICT DO NOTHING
            """,
            new
            {
                finding.Id,
                Rule = rule.Name,
                RunId = finding.Run?.Id,
                finding.Message,
                Payload = JsonSerializer.Serialize(payload, ResultJson.Options),
                Now,
            },
            cancellationToken
        );
    }

    /// <summary>Why the webhook did not take it; null when it did.</summary>
    private async Task<string?> PostAsync(AlertRule rule, string payload, CancellationToken cancellationToken)
    {
        if (rule.Url.Reveal().Length == 0)
        {
            return "The rule's address was lost; set the rule again.";
        }

        try
        {
            var status = (int)await webhooks.PostAsync(new Uri(rule.Url.Reveal()), payload, cancellationToken);
            return status is >= 200 and < 300 ? null : $"{rule.Destination} answered {status}.";
        }
        catch (WebhookRefusedException e)
        {
            return e.Message;
        }
        catch (HttpRequestException e)
        {
            return $"{rule.Destination} could not be reached: {e.HttpRequestError}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{rule.Destination} did not answer within {Patience.TotalSeconds} seconds.";
        }
    }

    private async Task NoteAsync(string id, int attempt, int counted, string? error, CancellationToken cancellationToken)
    {
        var isGivenUp = error is not null && counted >= Delivery.MaxAttempts;
        if (error is not null)
        {
            LogNotDelivered(host.Logger, id, attempt, error);
        }

        await host.Queue.WithAsync(
            connection =>
                connection.ExecuteAsync(
                    $"""
                    UPDATE job_alerts SET last_error = @error, next_try_at = @next,
                        delivered_at = CASE WHEN {(error is null ? "TRUE" : "FALSE")} THEN @Now END, given_up_at = CASE WHEN {(
                        isGivenUp ? "TRUE" : "FALSE"
                    )} THEN @Now END
                    WHERE id = @id
                    """,
                    new
                    {
                        id,
                        error,
                        Now,
                        next = Now + Delivery.PauseAfter(attempt),
                    },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store did not answer the alerts; it is tried again: {Reason}")]
    private static partial void LogStoreAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Alert} was not delivered in attempt {Attempt}: {Reason}")]
    private static partial void LogNotDelivered(ILogger logger, string alert, int attempt, string reason);
}
