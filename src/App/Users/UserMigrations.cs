using Tradepost.Jobs;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Users;

/// <summary>The tables of users, and which of them nobody may read by SQL of their own.</summary>
internal static class UserMigrations
{
    public static MigrationSet Set { get; } =
        MigrationSet.FromAssembly(
            "users",
            typeof(UserMigrations).Assembly,
            secretsInBackups: ["users"],
            notRestored: ["user_sessions", "user_refresh_tokens", "user_links", "user_signing_keys"]
        );

    public static IReadOnlyList<PersonalColumn> PersonalColumns { get; } =
    [
        new("users", "email", PersonKind.Staff),
        new("user_sessions", "client", PersonKind.Staff),
        new("audit_log", "actor", PersonKind.Staff),
        new("audit_log", "subject", PersonKind.Staff),
        new("audit_log", "client", PersonKind.Staff),
    ];

    public static IReadOnlyList<string> PrivateTables { get; } =
    ["users", "user_sessions", "user_refresh_tokens", "user_links", "user_signing_keys", "signing_keys", "audit_log"];
}
