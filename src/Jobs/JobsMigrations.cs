using Tradepost.Storage.Migrations;

namespace Tradepost.Jobs;

/// <summary>The tables of runs, schedules and alerts in a store.</summary>
public static class JobsMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("jobs", typeof(JobsMigrations).Assembly, secretsInBackups: ["alert_addresses"]);

    /// <summary>Tables that no query of a user may read.</summary>
    public static IReadOnlyList<string> PrivateTables { get; } = ["job_alert_rules", "alert_addresses"];
}
