using System.Data.Common;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Backfills;
using Tradepost.Jobs.Schedules;
using Tradepost.Storage.Migrations;

namespace Tradepost.Jobs;

/// <summary>The whitelist: every job that can be started, by name. Nothing else runs.</summary>
public sealed class JobCatalogue
{
    private readonly Dictionary<string, JobDefinition> byName;

    /// <summary>The jobs of the program.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="schedules">The schedules that a store gets of itself.</param>
    public JobCatalogue(IEnumerable<JobDefinition> jobs, IEnumerable<NewSchedule>? schedules = null)
    {
        All = [.. jobs, BackfillJob.Definition];
        Schedules = [.. schedules ?? []];
        byName = All.ToDictionary(job => job.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<JobDefinition> All { get; }

    /// <summary>The schedules that a store gets of itself, once.</summary>
    public IReadOnlyList<NewSchedule> Schedules { get; }

    /// <summary>The tables of the whole program.</summary>
    public IReadOnlyList<MigrationSet> Migrations { get; init; } = [JobsMigrations.Set];

    /// <summary>Folders of the data folder, relative to it, whose files nobody names over HTTP.</summary>
    public IReadOnlyList<string> OwnFolders { get; init; } = [];

    /// <summary>What the domains say of their feeds' losses.</summary>
    public IReadOnlyList<Func<DbConnection, DateTime, TimeSpan, CancellationToken, Task<IReadOnlyList<Loss>>>> Losses { get; init; } = [];

    public JobDefinition? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The job with this name.</summary>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    public JobDefinition Get(string name) => Find(name) ?? throw new UnknownJobException(name, [.. All.Select(job => job.Name)]);
}
