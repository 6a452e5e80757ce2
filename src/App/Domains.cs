using Tradepost.App.Users;
using Tradepost.Jobs;
using Tradepost.Retail;
using Tradepost.Storage.Migrations;

namespace Tradepost.App;

/// <summary>Everything the application is made of: one line for each domain.</summary>
internal static class Domains
{
    public static IReadOnlyList<Domain> All { get; } = [RetailDomain.AddRetail()];

    public static IReadOnlyList<MigrationSet> Migrations { get; } = [UserMigrations.Set, .. All.Select(domain => domain.Migrations)];

    public static IEnumerable<JobDefinition> Jobs => All.SelectMany(domain => domain.Jobs);
}
