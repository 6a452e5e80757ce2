using Tradepost.Storage.Migrations;

namespace Tradepost.Jobs;

/// <summary>The tables of runs, schedules and alerts in a store.</summary>
public static class JobsMigrations
{
    public static MigrationSet Set { get; } =
        MigrationSet.FromAssembly("jobs", typeof(JobsMigrations).Assembly, secretsInBackups: ["alert_addresses"]);

    /// <summary>Columns that say who of the staff did something, and texts that may mention anybody.</summary>
    public static IReadOnlyList<PersonalColumn> PersonalColumns { get; } =
    [
        new("job_runs", "asked_by", PersonKind.Staff),
        new("job_runs", "cancel_asked_by", PersonKind.Staff),
        new("job_runs", "arguments", PersonKind.Customer),
        new("job_schedules", "changed_by", PersonKind.Staff),
        new("job_alert_rules", "changed_by", PersonKind.Staff),
    ];

    /// <summary>Tables that no query of a user may read.</summary>
    public static IReadOnlyList<string> PrivateTables { get; } = ["job_alert_rules", "alert_addresses"];

    /// <summary>What waits to be started or told: runs, schedules and alerts.</summary>
    public static IReadOnlyList<string> TablesThatAct { get; } =
    [
        "job_runs",
        "job_run_logs",
        "job_publications",
        "job_schedules",
        "job_schedule_fires",
        "job_alert_rules",
        "job_alerts",
        "tradepost_private.alert_addresses",
    ];
}
