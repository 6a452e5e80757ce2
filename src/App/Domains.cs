using Tradepost.Jobs;
using Tradepost.Retail;
using Tradepost.Storage.Migrations;

namespace Tradepost.App;

/// <summary>Everything the application is made of: one line for each domain.</summary>
internal static class Domains
{
    public static IReadOnlyList<Domain> All { get; } = [RetailDomain.AddRetail()];

    public static IReadOnlyList<MigrationSet> Migrations { get; } = [.. All.Select(domain => domain.Migrations)];

    /// <summary>Tables that no query may read and the data browser does not show: what people and programs sign in with.</summary>
    public static IReadOnlyList<string> HiddenTables { get; } = [];

    public static IEnumerable<JobDefinition> Jobs => All.SelectMany(domain => domain.Jobs);
}
