using System.CommandLine;
using System.Data.Common;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Schedules;
using Tradepost.Jobs.Upkeep;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Sources;

namespace Tradepost.Serving;

/// <summary>
/// Everything that a domain brings into the application; nothing else names it. What only a server or one command needs is a function, so
/// that other commands do not wait for it.
/// </summary>
/// <param name="Name">The first word of its commands, as in <c>NAME VERB</c>, of its page's addresses, and the group of its routes.</param>
/// <param name="Description">What its user does with it, in one line.</param>
/// <param name="Migrations">Its tables in the store.</param>
/// <param name="Jobs">What can be run.</param>
public sealed record Domain(string Name, string Description, MigrationSet Migrations, IReadOnlyList<JobDefinition> Jobs)
{
    /// <summary>The schedules that a store gets of itself, once.</summary>
    public IReadOnlyList<NewSchedule> Schedules { get; init; } = [];

    /// <summary>The commands that it has beside those that are made from its jobs.</summary>
    public Func<IEnumerable<Command>> Commands { get; init; } = () => [];

    /// <summary>Maps its routes.</summary>
    public MapRoutes Routes { get; init; } = _ => { };

    /// <summary>Other groups of routes than the one of its name, in the order in which a reader wants them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Examples, as JSON, of the records that its routes answer with.</summary>
    public Func<IReadOnlyDictionary<Type, string>> Examples { get; init; } = () => new Dictionary<Type, string>();

    /// <summary>Adds what its routes work with, and what goes on in the background of a server.</summary>
    public AddServices Services { get; init; } = _ => { };

    /// <summary>What its routes and its commands share in the process of a server, made when the server starts.</summary>
    public Func<TimeProvider, IReadOnlyList<object>> Shared { get; init; } = _ => [];

    /// <summary>The settings that are its own.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Where its rows come from, by the settings; <c>doctor</c> looks whether they can be read.</summary>
    public Func<Settings, TimeProvider, IReadOnlyList<DomainSource>> Sources { get; init; } = (_, _) => [];

    /// <summary>Folders of the data folder, relative to it, whose files nobody names over HTTP.</summary>
    public IReadOnlyList<string> OwnFolders { get; init; } = [];

    /// <summary>Tables from which old rows go, by the settings.</summary>
    public Func<Settings, IReadOnlyList<AgedTable>> Retention { get; init; } = _ => [];

    /// <summary>Which of its columns hold personal data.</summary>
    public IReadOnlyList<PersonalColumn> PersonalColumns { get; init; } = [];

    /// <summary>
    /// A query that lists its tables (<c>name</c>) with the UTC moment up to which each is filled (<c>latest</c>); null without any.
    /// </summary>
    public string? Freshness { get; init; }

    /// <summary>What its feeds have lost since a moment (UTC), for longer than a time.</summary>
    public Func<DbConnection, DateTime, TimeSpan, CancellationToken, Task<IReadOnlyList<Loss>>>? Losses { get; init; }

    /// <summary>What <c>doctor</c> looks at in its tables, on a connection of the store and at a moment (UTC).</summary>
    public Func<DbConnection, DateTime, CancellationToken, Task<IReadOnlyList<DomainCheck>>>? Examine { get; init; }

    /// <summary>What <c>demo</c> does with it.</summary>
    public DomainDemo Demo { get; init; } = new();
}

/// <summary>Maps routes. A type of its own: making a generic one loads what it is about, in every command.</summary>
public delegate void MapRoutes(IEndpointRouteBuilder routes);

/// <summary>Adds services; a type of its own for the same reason.</summary>
public delegate void AddServices(IServiceCollection services);

/// <summary>A source of a domain.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Source">Where its rows come from.</param>
/// <param name="Tables">The tables that are read from it.</param>
/// <param name="Remedy">What to do where its file is not there.</param>
public sealed record DomainSource(string Setting, Source Source, IReadOnlyList<string> Tables, string Remedy);

/// <summary>Something of a domain that was looked at.</summary>
/// <param name="Name">What, in a word or two.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do about it; null when it is as it should be.</param>
public sealed record DomainCheck(string Name, string Detail, string? Remedy);

/// <summary>What <c>demo</c> does with a domain.</summary>
public sealed record DomainDemo
{
    /// <summary>Fills the store of a session with sample data; null where nothing is loaded.</summary>
    public Func<Session, CancellationToken, Task<DemoResult>>? Load { get; init; }

    /// <summary>Goes on beside the server of the demo until it is stopped, over the server's services.</summary>
    public Func<IServiceProvider, CancellationToken, Task> Live { get; init; } = (_, _) => Task.CompletedTask;
}

/// <summary>What a demo loaded.</summary>
/// <param name="Value">What it did, for JSON.</param>
/// <param name="Print">The same for a person.</param>
/// <param name="Further">Commands that look further, whole lines.</param>
public sealed record DemoResult(object Value, Action<Printer> Print, IReadOnlyList<string> Further);
