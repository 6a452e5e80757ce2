using System.ComponentModel;
using Npgsql;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Probes;
using Tradepost.Storage.Retrying;

namespace Tradepost.App.Data;

/// <summary>
/// <c>db setup</c>: the store where it is missing, and its tables. With an address it is a newcomer's first step: the address is tried, what
/// was found is told, and it is written to <c>.env</c>.
/// </summary>
internal static class DatabaseSetup
{
    private const string UrlOption = "--url";
    private const string DirectOption = "--direct-url";
    private const string FromInput = "-";

    // A database that sleeps is up within seconds; a longer sleep has been seen.
    private static readonly RetryPolicy Waking = new(7, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)) { Jitter = 0.2 };
    private static readonly RetryPolicy Awake = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    public static HandledCommand Create() =>
        HandledCommand.Of<SetupOptions>(
            "setup",
            "Create the store where it is missing, and its tables; with --url try a PostgreSQL database first and write it to .env.",
            (options, session, cancellationToken) =>
                options.Url is null ? SetUpAsync(options, session, cancellationToken) : BeginAsync(options, session, cancellationToken)
        );

    private static async Task<CommandResult> SetUpAsync(SetupOptions options, Session session, CancellationToken cancellationToken)
    {
        if (options is not { DirectUrl: null, Profile: null, AllowUnencrypted: false })
        {
            throw new UsageException($"--direct-url, --profile and --allow-unencrypted belong to {UrlOption}, which is not given.");
        }

        var done = await MakeAsync(session.Settings.Store, session, cancellationToken);
        return new CommandResult(
            new
            {
                Status = "succeeded",
                Store = session.Settings.Store.Description,
                done.Created,
                done.Applied,
                done.Warning,
            }
        );
    }

    private static async Task<CommandResult> BeginAsync(SetupOptions options, Session session, CancellationToken cancellationToken)
    {
        var text = options.Url == FromInput ? (await session.Terminal.Input.ReadLineAsync(cancellationToken))?.Trim() ?? "" : options.Url!;
        var url = PostgresUrl.Parse(UrlOption, text);
        if (url.MayBePooler)
        {
            throw new UsageException(
                $"{url.Description} has the port of PgBouncer; add pooler=true to {UrlOption} where it is one, and pooler=false where it is none."
            );
        }

        var directText = options.DirectUrl ?? PostgresProvider.PastPooler(text, url);
        var direct = directText is null ? null : PostgresUrl.Parse(DirectOption, directText);
        Check(url, UrlOption, options);
        if (direct is not null)
        {
            Check(direct, DirectOption, options);
        }
        else if (url.IsPooler)
        {
            throw new UsageException(
                $"{url.Description} is a connection pooler, which keeps no session for locks, migrations and bulk loads; give the address "
                    + $"of the same database past it with {DirectOption}."
            );
        }

        var target = new PostgresTarget(url, direct);
        var waited = await WakeAsync(target, session, cancellationToken);
        var (checks, isRefused) = await LookAsync(target, waited, session, cancellationToken);
        var file = EnvironmentFile.PathOf(session.Terminal.Folder, options.Profile);
        if (isRefused)
        {
            return Result("refused", target, checks, file: null, done: null, exitCode: 1);
        }

        EnvironmentFile.Set(
            file,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [SettingNames.DatabaseUrl] = text,
                [SettingNames.DatabaseUrlDirect] = directText,
            }
        );
        checks.Add(new SetupCheck("settings", $"{file} holds the address, and nobody but you may read it"));
        checks.AddRange(Overridden(session.Settings, options.Profile));
        return Result("succeeded", target, checks, file, await MakeAsync(target, session, cancellationToken), exitCode: 0);
    }

    private static void Check(PostgresUrl url, string option, SetupOptions options)
    {
        if (!url.IsLocal && !url.RequiresEncryption && !options.AllowUnencrypted)
        {
            throw new UsageException(
                $"{option} leads to {url.Host} and does not insist on encryption, so that passwords and rows could go over the network in "
                    + "the clear; add sslmode=require or, better, sslmode=verify-full to it, or say --allow-unencrypted."
            );
        }
    }

    /// <summary>Connects, and waits for a database that sleeps; gives how long.</summary>
    private static async Task<TimeSpan> WakeAsync(PostgresTarget target, Session session, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        foreach (var url in new[] { target.Direct, target.Url }.OfType<PostgresUrl>())
        {
            await (url.Provider.Sleeps ? Waking : Awake).RunAsync(
                "store.setup",
                token => PostgresDatabase.CreateIfMissingAsync(new PostgresTarget(url), token),
                failure => failure is StoreUnavailableException { InnerException: NpgsqlException { IsTransient: true } },
                retry =>
                    session.Terminal.Messages.Line($"{url.Host} does not answer yet; it is tried again in {retry.Pause.TotalSeconds:0} s."),
                session.Time,
                cancellationToken
            );
        }

        return session.Time.GetElapsedTime(began);
    }

    private static async Task<(List<SetupCheck> Checks, bool IsRefused)> LookAsync(
        PostgresTarget target,
        TimeSpan waited,
        Session session,
        CancellationToken cancellationToken
    )
    {
        await using var store = target.Open(session.Time);
        var probe = await StoreProbe.OfAsync(store, session.Time, cancellationToken);
        var rights = await store.RightsAsync(cancellationToken);
        var checks = new List<SetupCheck>
        {
            new("server", $"{target.Url.Provider.Name}, version {probe.Version}, at {target.Url.Host}"),
            new(
                "latency",
                $"{probe.Latency.TotalMilliseconds:0.0} ms a question"
                    + (waited > TimeSpan.FromSeconds(2) ? $"; the first answer took {waited.TotalSeconds:0.0} s" : "")
            ),
            Encryption(target.Url),
            target.Direct is { } direct
                ? new SetupCheck("pooler", $"{target.Url.Host} is one; migrations, locks and bulk loads go to {direct.Host}:{direct.Port}")
                : new SetupCheck("pooler", "none in between"),
        };
        if (rights is null)
        {
            return (checks, false);
        }

        var may = rights switch
        {
            { IsReadOnly: true } => "takes no writes: it is a replica, or the login is read-only; use the address of the one that does",
            { MayCreate: false } => $"may not create tables; grant CREATE on the schema to {rights.User}",
            { Closed: > 0 } => $"may not read and write {rights.Closed} of its {rights.Tables} tables; grant that to {rights.User}",
            { IsSuperuser: true } => "may do everything on the server; a login that owns its database and no more is safer",
            _ => "may create tables, read and write",
        };
        checks.Add(new SetupCheck("rights", $"{rights.User} {may}") { IsWarning = rights.IsSuperuser });
        return (checks, rights is { IsReadOnly: true } or { MayCreate: false } or { Closed: > 0 });
    }

    private static SetupCheck Encryption(PostgresUrl url) =>
        url switch
        {
            { VerifiesServer: true } => new("encryption", "TLS, and the server's certificate is verified"),
            { RequiresEncryption: true } => new(
                "encryption",
                "TLS, with any certificate; sslmode=verify-full also proves which server it is"
            )
            {
                IsWarning = !url.IsLocal,
            },
            _ => new("encryption", url.IsLocal ? "not asked for; the server is on this machine" : "none is asked for")
            {
                IsWarning = !url.IsLocal,
            },
        };

    // What comes before the file, so that the new address would not count.
    private static IEnumerable<SetupCheck> Overridden(Settings settings, string? profile)
    {
        if (settings.FindOrigin(SettingNames.DatabaseUrl) is "environment" or "command line")
        {
            yield return new SetupCheck("settings", $"{SettingNames.DatabaseUrl} in the environment comes before the file; unset it")
            {
                IsWarning = true,
            };
        }

        if (profile is not null && settings.Find(SettingNames.Profile) != profile)
        {
            yield return new SetupCheck("profile", $"set {SettingNames.Profile}={profile} to work with it") { IsWarning = true };
        }
    }

    private static async Task<MadeStore> MakeAsync(StoreTarget target, Session session, CancellationToken cancellationToken)
    {
        var created = target switch
        {
            PostgresTarget postgres => await PostgresDatabase.CreateIfMissingAsync(postgres, cancellationToken),
            EmbeddedTarget embedded => !File.Exists(embedded.Path),
            _ => false,
        };
        await using var store = target.Open(session.Time);
        var applied = await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        var warning = await store.EnsureQueryLoginAsync(Domains.HiddenTables, cancellationToken);
        return new MadeStore(created, DatabaseCommands.Names(applied), warning);
    }

    private static CommandResult Result(
        string status,
        PostgresTarget target,
        IReadOnlyList<SetupCheck> checks,
        string? file,
        MadeStore? done,
        int exitCode
    ) =>
        new(
            new
            {
                Status = status,
                Store = target.Description,
                Checks = checks,
                File = file,
                done?.Created,
                done?.Applied,
                done?.Warning,
            },
            printer =>
            {
                printer.Table(["", "found"], checks.Select(check => (IReadOnlyList<object?>)[check.Name, check.Found]));
                printer.Line();
                printer.Line(
                    done is null
                        ? "Nothing was written; mend what is said above and run it again."
                        : $"{done.Applied.Count} migrations were applied. Next: tradepost doctor"
                );
                if (done?.Warning is { } warning)
                {
                    printer.Line(warning);
                }
            },
            exitCode
        );

    private sealed record MadeStore(bool Created, IReadOnlyList<string> Applied, string? Warning);
}

/// <summary>Something that was found out about a database.</summary>
/// <param name="Name">What.</param>
/// <param name="Found">In words.</param>
internal sealed record SetupCheck(string Name, string Found)
{
    public bool IsWarning { get; init; }
}

internal sealed record SetupOptions
{
    [FreeText]
    [Placeholder("URL")]
    [Description(
        "Try this PostgreSQL database and write it to .env: the address that its provider shows, such as postgresql://user:password@host/database?sslmode=require; - reads it from standard input"
    )]
    public string? Url { get; init; }

    [FreeText]
    [Placeholder("URL")]
    [Description("The address of the same database past its pooler, where it cannot be told from --url")]
    public string? DirectUrl { get; init; }

    [Description("Write .env.NAME, which counts where TRADEPOST_PROFILE is NAME: dev, prod")]
    [Placeholder("NAME")]
    public string? Profile { get; init; }

    [Description("Let a connection to another machine go without encryption")]
    public bool AllowUnencrypted { get; init; }
}
