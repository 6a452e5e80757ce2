using System.Globalization;
using Tradepost.Storage.Loading;

namespace Tradepost.Storage.Connections;

/// <summary>
/// The settings in force. For each, the first of command line, environment, <c>.env</c> and <c>appsettings.json</c> that
/// holds it counts; an empty value counts as none. Addresses are checked when they are asked for.
/// </summary>
public sealed class Settings
{
    private const int MostDays = 36_500;

    private readonly IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Values)> sources;
    private readonly string folder;

    private Settings(string folder, IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Values)> sources)
    {
        this.folder = folder;
        this.sources = sources;
    }

    /// <summary>The folder of everything embedded, as an absolute path.</summary>
    public string DataFolder => Path.GetFullPath(FindPath(SettingNames.Data) ?? "data", folder);

    /// <summary>Rows in a batch.</summary>
    public int BatchSize => FindNumber(SettingNames.DatabaseBatchSize, 1, 1_000_000) ?? RowBatch.DefaultCapacity;

    /// <summary>
    /// The store: DATABASE_URL before DB_HOST and its companions before the embedded default. A profile whose file is not there has none: its
    /// user means another store than the one that would be taken.
    /// </summary>
    public StoreTarget Store =>
        Find(SettingNames.Profile) is { } profile
        && sources.All(source => source.Name != EnvironmentFile.PathOf(folder, profile) || source.Values.Count == 0)
            ? throw new ConfigurationException(
                SettingNames.Profile,
                $"is {profile}, and {EnvironmentFile.PathOf(folder, profile)} sets nothing; `tradepost db setup --profile {profile} --url …` writes it."
            )
        : Find(SettingNames.DatabaseUrl) is { } url ? TargetOf(url)
        : HasParts ? new PostgresTarget(WithPoolSize(UrlFromParts()), DirectUrl, QueriesUrl)
        : new EmbeddedTarget(Path.Combine(DataFolder, "tradepost.duckdb"));

    /// <summary>The ClickHouse database that event tables are written to beside the store; null without one.</summary>
    public ClickHouseUrl? Analytics =>
        Find(SettingNames.AnalyticsUrl) is { } url ? ClickHouseUrl.Parse(SettingNames.AnalyticsUrl, url) : null;

    /// <summary>The Kafka cluster that events are published to; null without one.</summary>
    public KafkaBrokers? Kafka => Find(SettingNames.KafkaBrokers) is { } text ? KafkaBrokers.Parse(SettingNames.KafkaBrokers, text) : null;

    /// <summary>The Redis server that keeps what is served again; null without one.</summary>
    public RedisUrl? Redis => Find(SettingNames.RedisUrl) is { } url ? RedisUrl.Parse(SettingNames.RedisUrl, url) : null;

    private PostgresUrl? DirectUrl =>
        Find(SettingNames.DatabaseUrlDirect) is { } direct ? PostgresUrl.Parse(SettingNames.DatabaseUrlDirect, direct) : null;

    private PostgresUrl? QueriesUrl =>
        Find(SettingNames.DatabaseUrlQueries) is { } queries ? PostgresUrl.Parse(SettingNames.DatabaseUrlQueries, queries) : null;

    private bool HasParts =>
        new[]
        {
            SettingNames.DatabaseHost,
            SettingNames.DatabasePort,
            SettingNames.DatabaseName,
            SettingNames.DatabaseUser,
            SettingNames.DatabasePassword,
            SettingNames.DatabaseSslMode,
        }.Any(name => Find(name) is not null);

    public static Settings Load(SettingSources from)
    {
        var usual = new Settings(
            from.Folder,
            [("command line", from.CommandLine), ("environment", from.Environment), EnvironmentFileOf(profile: null), SettingsFileOf()]
        );
        return usual.Find(SettingNames.Profile) is { } profile
            ? new Settings(from.Folder, [.. usual.sources.Take(2), EnvironmentFileOf(profile), .. usual.sources.Skip(2)])
            : usual;

        (string, IReadOnlyDictionary<string, string>) EnvironmentFileOf(string? profile)
        {
            var path = EnvironmentFile.PathOf(from.Folder, profile);
            return (path, from.ReadFile(path) is { } text ? EnvironmentFile.Parse(path, text, from.Variable) : []);
        }

        (string, IReadOnlyDictionary<string, string>) SettingsFileOf()
        {
            var path = Path.Combine(from.Folder, "appsettings.json");
            return (path, from.ReadFile(path) is { } json ? SettingsFile.Parse(path, json) : []);
        }
    }

    /// <summary>The same settings elsewhere: as <see cref="Folder"/> and <see cref="Sources"/> gave them away.</summary>
    public static Settings Of(string folder, IReadOnlyList<SettingSource> sources) =>
        new(folder, [.. sources.Select(source => (source.Origin, source.Values))]);

    /// <summary>The folder that relative paths in settings start from.</summary>
    public string Folder => folder;

    /// <summary>Everything that is set, secrets included.</summary>
    public IReadOnlyList<SettingSource> Sources => [.. sources.Select(source => new SettingSource(source.Name, source.Values))];

    /// <summary>The value of a setting, or null when it is not set.</summary>
    public string? Find(string name) => FindWithOrigin(name)?.Value;

    /// <summary>A setting that is a path: a ~ in front is the home folder, as it is for a shell.</summary>
    public string? FindPath(string name) =>
        Find(name) switch
        {
            "~" => Home,
            ['~', '/', .. var rest] => Path.Combine(Home, rest),
            ['$', ..] and var path => throw ConfigurationException.NotAllowed(name, path, "a path; in .env a variable is written ${NAME}"),
            var path => path,
        };

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Names in the files that look like those of settings and are none, so that they do nothing.</summary>
    /// <param name="known">Every setting there is.</param>
    public IEnumerable<(string File, string Name)> FindUnknown(IReadOnlyList<Setting> known) =>
        sources
            .Skip(2)
            .SelectMany(source => source.Values.Keys.Select(name => (source.Name, name)))
            .Where(entry =>
                entry.name.StartsWith("TRADEPOST_", StringComparison.Ordinal) && known.All(setting => setting.Name != entry.name)
            );

    /// <summary>Where a setting's value comes from (a file's path, "environment", "command line"), or null when it is not set.</summary>
    public string? FindOrigin(string name) => FindWithOrigin(name)?.Origin;

    private (string Value, string Origin)? FindWithOrigin(string name)
    {
        foreach (var (origin, values) in sources)
        {
            if (values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value))
            {
                return (value.Trim(), origin);
            }
        }

        return null;
    }

    private StoreTarget TargetOf(string url)
    {
        if (!url.StartsWith("duckdb:", StringComparison.OrdinalIgnoreCase))
        {
            return new PostgresTarget(WithPoolSize(PostgresUrl.Parse(SettingNames.DatabaseUrl, url)), DirectUrl, QueriesUrl);
        }

        const string scheme = "duckdb://";
        var path = url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(url[scheme.Length..]) : "";
        return path.StartsWith('/') && path.Length > 1
            ? new EmbeddedTarget(path)
            : throw ConfigurationException.NotAllowed(SettingNames.DatabaseUrl, url, "duckdb:///absolute/path/of/file.duckdb");
    }

    private PostgresUrl UrlFromParts() =>
        PostgresUrl.FromParts(
            Find(SettingNames.DatabaseHost) ?? "localhost",
            Find(SettingNames.DatabasePort) is { } port ? DatabaseUrl.ParsePort(SettingNames.DatabasePort, port) : 5432,
            Part(SettingNames.DatabaseName),
            Part(SettingNames.DatabaseUser),
            Find(SettingNames.DatabasePassword),
            Find(SettingNames.DatabaseSslMode) is { } mode ? PostgresOptions.ParseSslMode(SettingNames.DatabaseSslMode, mode) : null
        );

    private string Part(string name) =>
        Find(name)
        ?? throw new ConfigurationException(
            name,
            "is not set, though other DB_ settings ask for a PostgreSQL store; set it, or set DATABASE_URL, or neither for the embedded "
                + "store."
        );

    private PostgresUrl WithPoolSize(PostgresUrl url) =>
        FindNumber(SettingNames.DatabasePoolSize, 1, 1000) is { } connections ? url.WithPoolSize(connections) : url;

    /// <summary>The MySQL database that a setting names; null when it is not set.</summary>
    public MySqlUrl? FindMySql(string name) => Find(name) is { } url ? MySqlUrl.Parse(name, url) : null;

    /// <summary>A setting that is a whole number between two; null when it is not set.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="least">The least it may be.</param>
    /// <param name="most">The most it may be.</param>
    /// <param name="kind">What it is a number of, for the error.</param>
    /// <exception cref="ConfigurationException">It is no such number.</exception>
    public int? FindNumber(string name, int least, int most, string kind = "a whole number") =>
        Find(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw ConfigurationException.NotAllowed(name, text, $"{kind} from {least} to {most}");

    /// <summary>A time that is set as a number of days.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="usual">The days where it is not set.</param>
    /// <exception cref="ConfigurationException">It is no number of days.</exception>
    public TimeSpan Days(string name, int usual) => TimeSpan.FromDays(FindNumber(name, 1, MostDays, "a whole number of days") ?? usual);
}
