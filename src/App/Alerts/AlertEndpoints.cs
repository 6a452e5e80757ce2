using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Auditing;
using Tradepost.Jobs;
using Tradepost.Jobs.Alerts;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Alerts;

/// <summary>Alert rules and what they have raised. Only administrators make rules: they send from the server to any address.</summary>
internal static class AlertEndpoints
{
    private const string NameText = "The rule's name.";
    private const string NameExample = "job-failed";

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/alerts", ListAsync).ForUsers().Describe("alerts", "List the last alerts");
        var rules = routes.MapGroup("/api/v1/alert-rules");
        rules.MapGet("", ListRulesAsync).ForUsers().Describe("alerts", "List the alert rules");
        rules
            .MapPut("/{name}", SetAsync)
            .ForAdmins()
            .Describe("alerts", "Create an alert rule, or replace the one of that name", 404)
            .Path("name", NameText, NameExample)
            .Example($$"""{"kind": "failed", "url": "https://hooks.example.com/T0/B0/x", "job": "{{ApiContents.Started.Job}}"}""");
        rules
            .MapDelete("/{name}", RemoveAsync)
            .ForAdmins()
            .Describe("alerts", "Remove an alert rule", 404)
            .Path("name", NameText, NameExample);
    }

    private static async Task<Ok<ItemList<Alert>>> ListAsync(Query<AlertQuery> query, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<Alert>(await jobs.Alerts.ListAsync(query.Value.Limit, cancellationToken)));

    private static async Task<Ok<ItemList<AlertRuleView>>> ListRulesAsync(JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<AlertRuleView>([.. (await jobs.Alerts.ListRulesAsync(cancellationToken)).Select(AlertRuleView.Of)]));

    private static async Task<Ok<AlertRuleView>> SetAsync(
        string name,
        Body<AlertRuleChange> body,
        Caller caller,
        JobHost jobs,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var change = body.Value;
        var rule = new AlertRule
        {
            Name = name,
            Kind = change.Kind,
            Url = new Secret(change.Url),
            Job = change.Job,
            Time = change.Time,
            Metric = change.Metric,
            Tolerance = change.Tolerance,
            History = change.History,
        };
        await jobs.Alerts.SetRuleAsync(rule, caller.Email, cancellationToken);
        await audit.AddAsync(Origin.Of(context), "alert_rule.set", name, cancellationToken);
        return TypedResults.Ok(AlertRuleView.Of(rule));
    }

    private static async Task<NoContent> RemoveAsync(
        string name,
        JobHost jobs,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await jobs.Alerts.RemoveRuleAsync(name, cancellationToken);
        await audit.AddAsync(Origin.Of(context), "alert_rule.removed", name, cancellationToken);
        return TypedResults.NoContent();
    }
}

internal sealed record AlertQuery
{
    [Description("How many alerts to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;
}

internal sealed record AlertRuleChange
{
    [Required]
    [Description("What the rule watches for.")]
    public AlertKind Kind { get; init; }

    [Required]
    [Description("The webhook that alerts are posted to.")]
    public string Url { get; init; } = "";

    [Description("The job that is watched; without one every job, where the kind allows that.")]
    public string? Job { get; init; }

    [Description("The time of too_long and missing, such as 30m; for lost, the least that is told of.")]
    public TimeSpan? Time { get; init; }

    [Description("The number in the job's result that drifted watches, such as metrics.rmse.")]
    public string? Metric { get; init; }

    [Description("How far the number may be from the mean before, as a share of it.")]
    [Range(0.0001, 1000.0)]
    public double Tolerance { get; init; } = 0.25;

    [Description("How many runs before make the mean.")]
    [Range(1, 1000)]
    public int History { get; init; } = 10;
}

/// <summary>A rule as it is shown; the webhook's path is a secret, so only its host is.</summary>
internal sealed record AlertRuleView
{
    public required string Name { get; init; }

    public required AlertKind Kind { get; init; }

    public required string? Job { get; init; }

    public required string Destination { get; init; }

    public required double? Seconds { get; init; }

    public required string? Metric { get; init; }

    public required double Tolerance { get; init; }

    public required int History { get; init; }

    public static AlertRuleView Of(AlertRule rule) =>
        new()
        {
            Name = rule.Name,
            Kind = rule.Kind,
            Job = rule.Job,
            Destination = rule.Destination,
            Seconds = rule.Time?.TotalSeconds,
            Metric = rule.Metric,
            Tolerance = rule.Tolerance,
            History = rule.History,
        };
}
