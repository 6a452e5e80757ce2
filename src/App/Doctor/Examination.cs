using Tradepost.App.Calls;
using Tradepost.Arguments;
using Tradepost.Serving;
using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Probes;
using Tradepost.Storage.Sources;

namespace Tradepost.App.Doctor;

/// <summary>Looks at everything that has to be right before anything works, and changes nothing.</summary>
internal sealed class Examination(Settings settings, TimeProvider time)
{
    private const long LittleSpace = 1L << 30;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        checks.AddRange(Configuration());
        checks.Add(DataFolder());
        checks.AddRange(FileRights.Of(settings));
        checks.Add(NativeLibrary());
        if (Try(() => settings.Store) is { } target)
        {
            checks.AddRange(Address(target));
            await AddStoreAsync(checks, target, cancellationToken);
        }

        if (Try(() => settings.Analytics) is { } analytics)
        {
            checks.Add(await AnalyticsAsync(analytics, cancellationToken));
        }

        foreach (var source in Try(() => Domains.All.SelectMany(domain => domain.Sources(settings, time)).ToList()) ?? [])
        {
            checks.AddRange(await SourceAsync(source, cancellationToken));
        }

        return checks;
    }

    private List<Check> Configuration()
    {
        var wrong = new List<Check>();
        foreach (
            var read in new Action<Settings>[]
            {
                read => _ = read.Store,
                read => _ = read.BatchSize,
                read => _ = read.Analytics,
                read => _ = read.Kafka,
                read => _ = read.Redis,
            }.Concat(Domains.Settings.Select(setting => setting.Check))
        )
        {
            try
            {
                read(settings);
            }
            catch (ConfigurationException e)
            {
                wrong.Add(
                    new Check(
                        "setting",
                        Verdict.Problem,
                        e.Message,
                        $"correct {e.Setting} in {settings.FindOrigin(e.Setting) ?? "the environment"}"
                    )
                );
            }
        }

        wrong.AddRange(
            settings
                .FindUnknown(Domains.Settings)
                .Select(unknown => new Check(
                    "setting",
                    Verdict.Warning,
                    $"{unknown.Name} in {unknown.File} is no setting and does nothing",
                    Spelling.FindNearest(unknown.Name, Domains.Settings.Select(setting => setting.Name)) is { } nearest
                        ? $"write {nearest}, or take it out"
                        : "take it out"
                ))
        );
        var set = Domains.Settings.Count(setting => settings.Find(setting.Name) is not null);
        return wrong.Count > 0 ? wrong : [Check.Ok("settings", set == 0 ? "none made, all defaults" : $"{set} made, all readable")];
    }

    private Check DataFolder()
    {
        var folder = settings.DataFolder;
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var detail = $"{folder} is writable, {free / (double)(1L << 30):0.0} GB free";
            return free < LittleSpace
                ? new Check("data folder", Verdict.Warning, detail, "free some space")
                : Check.Ok("data folder", detail);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Check(
                "data folder",
                Verdict.Problem,
                $"{folder} cannot be written: {e.Message}",
                $"make it writable, or name another with --data or {SettingNames.Data}"
            );
        }
    }

    private static Check NativeLibrary()
    {
        try
        {
            return Check.Ok("DuckDB", StoreProbe.EmbeddedVersion());
        }
        catch (Exception e)
            when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException or EntryPointNotFoundException)
        {
            return new Check(
                "DuckDB",
                Verdict.Problem,
                $"the native library cannot be loaded: {e.GetBaseException().Message}",
                "run `make setup`"
            );
        }
    }

    private static IEnumerable<Check> Address(StoreTarget target)
    {
        if (target is not PostgresTarget postgres)
        {
            yield break;
        }

        if (postgres is { Url.IsPooler: true, Direct: null })
        {
            yield return new Check(
                "pooler",
                Verdict.Problem,
                $"{postgres.Url.Host} is a connection pooler, which keeps no session for locks and bulk loads",
                $"set {SettingNames.DatabaseUrlDirect} to the same database past the pooler"
            );
        }

        if (
            !postgres.Url.VerifiesServer
            && postgres.Url.Host is not ("localhost" or "127.0.0.1" or "::1")
            && !postgres.Url.Host.StartsWith('/')
        )
        {
            yield return new Check(
                "encryption",
                Verdict.Warning,
                $"the certificate of {postgres.Url.Host} is not verified: whoever stands in between can read along",
                "use sslmode=verify-full, with sslrootcert=system for a public authority"
            );
        }
    }

    private static IEnumerable<Check> Logins(StoreRights rights, bool hasQueryLogin)
    {
        if (rights.IsSuperuser)
        {
            yield return new Check(
                "login",
                Verdict.Warning,
                "the store's login is a superuser of its server",
                "give Tradepost a login of its own that owns its database (docs/operations.md, Logins)"
            );
        }

        yield return hasQueryLogin
            ? Check.Ok("login for queries", "there is one, which may only read")
            : new Check(
                "login for queries",
                Verdict.Warning,
                "there is none, so queries run with the store's own login",
                $"`tradepost db setup` makes one, or set {SettingNames.DatabaseUrlQueries}"
            );
    }

    // Every command keeps a record of what it ran, so none works without writing.
    private static IEnumerable<Check> Rights(StoreRights rights)
    {
        if (rights.IsReadOnly)
        {
            yield return new Check(
                "rights",
                Verdict.Problem,
                "the server takes no writes: it is a standby, or read-only for this login",
                "name the primary server"
            );
        }
        else if (!rights.MayCreate || rights.Closed > 0)
        {
            var lacks = new List<string>();
            if (!rights.MayCreate)
            {
                lacks.Add("may create no tables");
            }

            if (rights.Closed > 0)
            {
                lacks.Add($"may not write to {rights.Closed} of the {rights.Tables} tables");
            }

            yield return new Check(
                "rights",
                Verdict.Problem,
                $"the login {rights.User} {string.Join(" and ", lacks)}",
                "make it the owner of the database and its tables (docs/operations.md, Logins)"
            );
        }
    }

    private async Task AddStoreAsync(List<Check> checks, StoreTarget target, CancellationToken cancellationToken)
    {
        if (target is EmbeddedTarget embedded && !File.Exists(embedded.Path))
        {
            checks.Add(
                new Check(
                    "store",
                    Verdict.Warning,
                    $"{embedded.Path} is not there yet",
                    "`tradepost db setup` creates it, and so does the first job"
                )
            );
            return;
        }

        await using var store = target.Open(time);
        try
        {
            var before = time.GetUtcNow().UtcDateTime;
            var probe = await StoreProbe.OfAsync(store, time, cancellationToken);
            checks.Add(
                Check.Ok(
                    "store",
                    $"{target.Description}, {store.Dialect.Product} {probe.Version}, answers in {probe.Latency.TotalMilliseconds:0.0} ms"
                )
            );
            checks.AddRange(Clock("store's clock", probe.Clock, before));
            if (await store.RightsAsync(cancellationToken) is { } rights)
            {
                checks.AddRange(Rights(rights));
                checks.AddRange(Logins(rights, await store.HasQueryLoginAsync(cancellationToken)));
            }

            var tables = Migrations(await new Migrator(store, Domains.Migrations, time).StatusAsync(cancellationToken));
            checks.Add(tables);
            checks.AddRange(tables.Status == Verdict.Ok ? await DomainsAsync(store, cancellationToken) : []);
        }
        catch (Exception e) when (Failures.Find(e, settings) is { } failure)
        {
            checks.Add(
                new Check(
                    "store",
                    Verdict.Problem,
                    failure.Message,
                    target is EmbeddedTarget ? "end the process that uses it" : $"check the server and {SettingNames.DatabaseUrl}"
                )
            );
        }
    }

    /// <summary>What domains look at in their tables, once these are as they should be.</summary>
    private async Task<IReadOnlyList<Check>> DomainsAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var checks = new List<Check>();
        foreach (var domain in Domains.All.Where(domain => domain.Examine is not null))
        {
            var found = await domain.Examine!(connection, time.UtcMoment(), cancellationToken);
            checks.AddRange(
                found.Select(one => new Check(one.Name, one.Remedy is null ? Verdict.Ok : Verdict.Warning, one.Detail, one.Remedy))
            );
        }

        return checks;
    }

    private static async Task<Check> AnalyticsAsync(ClickHouseUrl url, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new ClickHouseClient(url) { Limit = TimeSpan.FromSeconds(10) };
            var version = await client.ReadAsync("SELECT version()", cancellationToken);
            return Check.Ok("analytics", $"{url.Description}, ClickHouse {version[0][0]}");
        }
        catch (ClickHouseException e)
        {
            return new Check("analytics", Verdict.Problem, e.Message.TrimEnd('.'), $"check the server and {SettingNames.AnalyticsUrl}");
        }
    }

    private static Check Migrations(IReadOnlyList<MigrationStatus> statuses)
    {
        var bad = statuses.Where(status => status.State is not (MigrationState.Applied or MigrationState.Pending)).ToList();
        var pending = statuses.Count(status => status.State == MigrationState.Pending);
        return bad.Count > 0
                ? new Check(
                    "tables",
                    Verdict.Problem,
                    string.Join(
                        ", ",
                        bad.Select(status =>
                            $"{status.Owner} {status.Number:000}_{status.Name} is "
                            + $"{Spelling.Kebab(status.State.ToString()).Replace('-', ' ')}"
                        )
                    ),
                    "`tradepost db migrate` says how to mend it"
                )
            : pending > 0
                ? new Check(
                    "tables",
                    Verdict.Warning,
                    $"{pending} of {statuses.Count} migrations are pending",
                    "`tradepost db migrate` applies them, and so does the next job"
                )
            : Check.Ok("tables", $"up to date, {statuses.Count} {(statuses.Count == 1 ? "migration" : "migrations")}");
    }

    private async Task<IEnumerable<Check>> SourceAsync(DomainSource source, CancellationToken cancellationToken)
    {
        var name = $"source {source.Source.Name}";
        if (source.Source is DuckDbSource file && !File.Exists(file.Path))
        {
            return [new Check(name, Verdict.Warning, $"{file.Path} is not there", source.Remedy)];
        }

        try
        {
            var before = time.GetUtcNow().UtcDateTime;
            var probe = await source.Source.ProbeAsync(source.Tables, cancellationToken);
            var zone = probe.TimeZone is null ? "" : $", time zone {probe.TimeZone}";
            return probe.MissingTables.Count > 0
                ?
                [
                    new Check(
                        name,
                        Verdict.Problem,
                        $"{source.Source.Description} lacks {string.Join(", ", probe.MissingTables)}",
                        $"check that {source.Setting} names the right database"
                    ),
                ]
                :
                [
                    Check.Ok(name, $"{source.Source.Description}, {probe.Version}{zone}, its tables are there"),
                    .. Clock($"{name}'s clock", probe.Clock, before),
                    .. Zone(name, source.Setting, probe),
                ];
        }
        catch (SourceUnavailableException e)
        {
            return [new Check(name, Verdict.Problem, e.Message, $"check the server and {source.Setting}")];
        }
    }

    private static IEnumerable<Check> Zone(string name, string setting, SourceProbe probe)
    {
        if (probe.ZoneOffset != TimeSpan.Zero)
        {
            yield return new Check(
                $"{name}'s time zone",
                Verdict.Warning,
                $"the server's own time is {probe.ZoneOffset.TotalHours:+0.##;-0.##} hours from UTC; DATETIME columns, which have no "
                    + "zone, are taken as UTC",
                $"add time_zone=UTC to {setting} if they hold UTC, or their zone, as in time_zone=Europe/Kyiv"
            );
        }
    }

    // Only a difference is worth a line.
    private IEnumerable<Check> Clock(string name, DateTime clock, DateTime before)
    {
        var here = before + ((time.GetUtcNow().UtcDateTime - before) / 2);
        var difference = (clock - here).Duration();
        if (difference > ClockTolerance)
        {
            yield return new Check(
                name,
                Verdict.Warning,
                $"differs from this machine's by {difference.TotalSeconds:0} seconds",
                "synchronize both with a time server"
            );
        }
    }

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ConfigurationException)
        {
            return null; // reported as a setting already
        }
    }
}
