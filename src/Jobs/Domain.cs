using System.Data.Common;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Schedules;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Jobs;

/// <summary>What a domain brings into the application: its tables and its jobs.</summary>
/// <param name="Name">The first word of its commands, as in <c>retail</c>.</param>
/// <param name="Description">What its user does with it, in one line.</param>
/// <param name="Migrations">Its tables in the store.</param>
/// <param name="Jobs">What can be run.</param>
public sealed record Domain(string Name, string Description, MigrationSet Migrations, IReadOnlyList<JobDefinition> Jobs)
{
    /// <summary>The schedules that a store gets of itself, once.</summary>
    public IReadOnlyList<NewSchedule> Schedules { get; init; } = [];

    /// <summary>Which of its columns hold personal data.</summary>
    public IReadOnlyList<PersonalColumn> PersonalColumns { get; init; } = [];

    /// <summary>A query that lists its tables (<c>name</c>) with the UTC moment up to which each is filled (<c>latest</c>); null without any.</summary>
    public string? Freshness { get; init; }

    /// <summary>What its feeds have lost since a moment (UTC), for longer than a time.</summary>
    public Func<DbConnection, DateTime, TimeSpan, CancellationToken, Task<IReadOnlyList<Loss>>>? Losses { get; init; }

    /// <summary>Where its rows come from, by the settings.</summary>
    public Func<Settings, TimeProvider, IReadOnlyList<DomainSource>> Sources { get; init; } = (_, _) => [];
}
