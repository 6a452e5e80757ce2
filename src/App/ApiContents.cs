using Tradepost.App.Calls;
using Tradepost.App.Data;
using Tradepost.App.Users.Administration;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Runs;
using Tradepost.Training.Registry;

namespace Tradepost.App;

/// <summary>What the description of the API says that no route says.</summary>
internal static class ApiContents
{
    public static ApiDescription Api { get; } =
        new(
            VersionText.Version,
            [
                "auth",
                "jobs",
                "runs",
                "schedules",
                "alerts",
                .. Domains.All.SelectMany(domain => domain.Tags.Append(domain.Name)),
                "learning",
                "models",
                "data",
                "users",
                "health",
            ],
            Examples
        );

    /// <summary>A run that is started, as examples show it: the first one that a schedule starts.</summary>
    public static NewSchedule Started => Domains.Catalogue.Schedules[0];

    private static Dictionary<Type, string> Examples() =>
        new(Domains.All.SelectMany(domain => domain.Examples()))
        {
            [typeof(ErrorBody)] = """
                {"status": "error", "error": "mode is \"ful\"; allowed are full, incremental.", "timestamp": "2026-01-01T12:00:00Z",
                 "details": {"field": "mode", "allowed": ["full", "incremental"]}}
                """,
            [typeof(TokenResponse)] =
                """{"access_token": "eyJhbGciOiJIUzI1NiIs…", "refresh_token": "p8jKSahv46LwXzQj…", "token_type": "Bearer", "expires_in": 900}""",
            [typeof(Me)] = """{"id": "01970000-0000-7000-8000-000000000001", "email": "anna@example.com", "role": "admin"}""",
            [typeof(UserView)] = """
                {"id": "01970000-0000-7000-8000-000000000001", "email": "anna@example.com", "role": "admin", "is_disabled": false,
                 "has_password": true,
                 "created_at": "2026-01-01T12:00:00Z"}
                """,
            [typeof(AuditEntry)] = """
                {"id": "01970000-0000-7000-8000-000000000002", "at": "2026-01-01T12:00:00Z", "actor": "anna@example.com",
                 "action": "user.disabled",
                 "subject": "ben@example.com", "client": "127.0.0.1", "request_id": "0HNQ78IFOO485:00000001"}
                """,
            [typeof(RunStarted)] = $$"""{"id": "01970000-0000-7000-8000-000000000003", "job": "{{Started.Job}}", "state": "queued"}""",
            [typeof(Run)] = $$"""
                {"id": "01970000-0000-7000-8000-000000000003", "job": "{{Started.Job}}", "state": "running",
                 "arguments": {{Started.Arguments}},
                 "asked_by": "anna@example.com", "asked_how": "api", "parent_id": null, "attempt": 1, "max_attempts": 3,
                 "timeout_seconds": 21600,
                 "concurrency_key": "{{Started.Job}}", "idempotency_key": null, "queued_at": "2026-01-01T12:00:00Z",
                 "due_at": "2026-01-01T12:00:00Z",
                 "started_at": "2026-01-01T12:00:01Z", "finished_at": null, "cancel_asked_at": null, "cancel_asked_by": null,
                 "progress": {"step": "orders", "done": 1200, "total": 5000}, "result": null, "error": null, "error_kind": null,
                 "worker": "host-1:4242",
                 "is_ended": false}
                """,
            [typeof(RunLogLine)] =
                """{"number": 12, "at": "2026-01-01T12:00:02Z", "level": "information", "message": "orders: 1200 of 5000 rows"}""",
            [typeof(SqlRows)] = """
                {"columns": [{"name": "order_status", "type": "VARCHAR"}, {"name": "net", "type": "DECIMAL(38,2)"}], "rows": [["paid",
                "1234.50"]],
                 "truncated": false, "truncation": "none", "seconds": 0.012}
                """,
            [typeof(Promotion)] = """
                {"model": "Prophet_daily_revenue", "number": 2, "version": 2, "replaced": 1, "action": "promoted", "is_forced": false,
                 "reason": "lower error over the last year", "decided_by": "anna@example.com", "decided_at": "2026-01-01T12:00:00Z"}
                """,
            [typeof(ComparedMetric)] = """
                {"name": "mase", "value": 0.756, "aim": "lower", "target": null, "baseline": 0.937, "compared": 0.756, "production": 0.796,
                 "verdict": "better", "is_same_data": true, "decides": true}
                """,
        };
}
