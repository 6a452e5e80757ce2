using System.Data.Common;
using System.Globalization;
using Tradepost.DuckDb.Execution;

namespace Tradepost.DuckDb;

/// <summary>
/// A connection string: <c>Data Source</c>, <c>Access Mode</c>, <c>Threads</c>, <c>Memory Limit</c>, <c>Temp Directory</c>,
/// <c>Time Zone</c>, and any setting of DuckDB as <c>config.name=value</c>.
/// </summary>
public sealed class DuckDbConnectionStringBuilder : DbConnectionStringBuilder
{
    /// <summary>The data source of a database in memory.</summary>
    public const string InMemory = ":memory:";

    private const string ConfigPrefix = "config.";
    private const string DataSourceKey = "Data Source";
    private const string AccessModeKey = "Access Mode";
    private const string ThreadsKey = "Threads";
    private const string MemoryLimitKey = "Memory Limit";
    private const string TempDirectoryKey = "Temp Directory";
    private const string TimeZoneKey = "Time Zone";

    private static readonly string[] knownKeys = [DataSourceKey, AccessModeKey, ThreadsKey, MemoryLimitKey, TempDirectoryKey, TimeZoneKey];

    public DuckDbConnectionStringBuilder()
    {
    }

    /// <summary>The settings of a connection string.</summary>
    /// <exception cref="ArgumentException">A key is unknown or a value is not allowed.</exception>
    public DuckDbConnectionStringBuilder(string? connectionString) => ConnectionString = connectionString;

    /// <summary>
    /// A file, or <c>:memory:</c> (the default), which is private to its connection; <c>:memory:name</c> is shared by the
    /// connections of this process that name it, until the last of them closes.
    /// </summary>
    public string DataSource
    {
        get => Get(DataSourceKey) ?? InMemory;
        set => Set(DataSourceKey, value);
    }

    /// <summary><c>read_write</c> (the default) or <c>read_only</c>.</summary>
    public string AccessMode
    {
        get => Get(AccessModeKey) ?? "read_write";
        set => Set(AccessModeKey, value);
    }

    /// <summary>How many threads a query may use; null (the default) for one per processor.</summary>
    public int? Threads
    {
        get => Get(ThreadsKey) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        set => Set(ThreadsKey, value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>How much memory DuckDB may take, such as <c>2GB</c>; null (the default) for 80 % of the machine's.</summary>
    public string? MemoryLimit
    {
        get => Get(MemoryLimitKey);
        set => Set(MemoryLimitKey, value);
    }

    /// <summary>Where queries that outgrow the memory limit spill to; null (the default) for a folder beside the file.</summary>
    public string? TempDirectory
    {
        get => Get(TempDirectoryKey);
        set => Set(TempDirectoryKey, value);
    }

    /// <summary>The time zone in which TIMESTAMP and TIMESTAMPTZ convert into each other; <c>UTC</c> by default, whatever the machine's.</summary>
    public string TimeZone
    {
        get => Get(TimeZoneKey) ?? "UTC";
        set => Set(TimeZoneKey, value);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The key is unknown or the value is not allowed.</exception>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override object this[string keyword]
    {
        get => base[Canonical(keyword)];
        set => base[Canonical(keyword)] = value is null ? null : Checked(Canonical(keyword), Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
    }

    internal bool IsInMemory => DataSource.Length == 0 || DataSource.StartsWith(InMemory, StringComparison.OrdinalIgnoreCase);

    internal bool IsPrivate => IsInMemory && DataSource.Length <= InMemory.Length;

    /// <summary>The same for every spelling of one file's path.</summary>
    internal string DatabaseKey => IsInMemory ? DataSource : RealPath.Of(DataSource);

    /// <summary>The settings as DuckDB names them.</summary>
    internal IEnumerable<(string Name, string Value)> Configuration
    {
        get
        {
            yield return ("access_mode", AccessMode);
            if (Get(ThreadsKey) is { } threads)
                yield return ("threads", threads);
            if (MemoryLimit is { } memory)
                yield return ("memory_limit", memory);
            if (TempDirectory is { } folder)
                yield return ("temp_directory", folder);
            foreach (string key in Keys)
            {
                if (key.StartsWith(ConfigPrefix, StringComparison.OrdinalIgnoreCase))
                    yield return (key[ConfigPrefix.Length..], Get(key) ?? "");
            }
        }
    }

    /// <summary>The settings in one line: connections share a database only when theirs are the same.</summary>
    internal string ConfigurationText => string.Join(' ', Configuration.Append((Name: "time_zone", Value: TimeZone)).Select(static setting => $"{setting.Name}={setting.Value}").Order(StringComparer.Ordinal));

    private static string Canonical(string keyword)
    {
        if (keyword.StartsWith(ConfigPrefix, StringComparison.OrdinalIgnoreCase))
            return keyword.ToLowerInvariant();
        var compact = keyword.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return Array.Find(knownKeys, key => key.Replace(" ", "", StringComparison.Ordinal).Equals(compact, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The connection string has the unknown key '{keyword}'; known are {string.Join(", ", knownKeys)} and config.<setting of DuckDB>.", nameof(keyword));
    }

    private static string Checked(string key, string value) => key switch
    {
        AccessModeKey when value.ToLowerInvariant() is not ("read_write" or "read_only" or "automatic") =>
            throw new ArgumentException($"Access Mode is '{value}'; allowed are read_write and read_only.", nameof(value)),
        AccessModeKey => value.ToLowerInvariant(),
        ThreadsKey when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) || threads < 1 =>
            throw new ArgumentException($"Threads is '{value}'; it must be a whole number of at least 1.", nameof(value)),
        _ => value,
    };

    private string? Get(string key) => TryGetValue(key, out var value) ? (string)value : null;

    private void Set(string key, string? value)
    {
        if (value is null)
            Remove(key);
        else
            this[key] = value;
    }
}
