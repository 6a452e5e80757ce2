using System.Globalization;
using Npgsql;

namespace Tradepost.Storage.Connections;

/// <summary>The address of a PostgreSQL database, read from a URL or an ADO.NET connection string. Prints without its password.</summary>
public sealed class PostgresUrl
{
    private const string Example = "postgresql://user:password@host:5432/database?sslmode=require";

    private static readonly TimeSpan PoolerConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PoolerIdleLifetime = TimeSpan.FromSeconds(60);

    private readonly NpgsqlConnectionStringBuilder driver;

    private PostgresUrl(NpgsqlConnectionStringBuilder driver)
    {
        this.driver = driver;
        driver.ApplicationName ??= "tradepost";
        if (IsPooler)
        {
            AdaptToPooler(driver);
        }
    }

    public string Host => driver.Host ?? "";

    public int Port => driver.Port;

    public string Database => driver.Database ?? "";

    public string User => driver.Username ?? "";

    /// <summary>Whether the host is a connection pooler in transaction mode (Neon's <c>-pooler</c> hosts), which keeps no session.</summary>
    public bool IsPooler => Host.Split('.')[0].EndsWith("-pooler", StringComparison.OrdinalIgnoreCase);

    public Secret ConnectionString => new(driver.ConnectionString);

    /// <summary>Whether the connection is refused when the server's certificate is not the right one.</summary>
    public bool VerifiesServer => driver.SslMode is SslMode.VerifyCA or SslMode.VerifyFull;

    public string Description
    {
        get
        {
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            var password = string.IsNullOrEmpty(driver.Password) ? "" : $":{Masking.Stars}";
            var user = User.Length == 0 ? "" : $"{User}{password}@";
            return string.Create(CultureInfo.InvariantCulture, $"postgresql://{user}{host}:{Port}/{Database}");
        }
    }

    /// <summary>Reads an address; <paramref name="setting"/> is named when it cannot be used.</summary>
    public static PostgresUrl Parse(string setting, string text)
    {
        return DatabaseUrl.Scheme(text) switch
        {
            "postgres" or "postgresql" => FromUrl(setting, DatabaseUrl.Parse(setting, text, Example), text),
            null when text.Contains('=', StringComparison.Ordinal) => FromConnectionString(setting, text),
            _ => throw ConfigurationException.NotAllowed(setting, text, $"{Example}, or Host=…;Username=…;Password=…;Database=…"),
        };
    }

    public override string ToString() => Description;

    internal static PostgresUrl FromParts(string host, int port, string database, string user, string? password, SslMode? sslMode)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = host, Port = port, Database = database, Username = user };
        if (password is not null)
        {
            settings.Password = password;
        }

        if (sslMode is { } mode)
        {
            settings.SslMode = mode;
        }

        return new PostgresUrl(settings);
    }

    internal PostgresUrl WithPoolSize(int connections) =>
        new(new NpgsqlConnectionStringBuilder(driver.ConnectionString) { MaxPoolSize = connections, MinPoolSize = Math.Min(driver.MinPoolSize, connections) });

    internal PostgresUrl WithUser(string name, string password) => new(new NpgsqlConnectionStringBuilder(driver.ConnectionString) { Username = name, Password = password });

    internal PostgresUrl WithDatabase(string name) => new(new NpgsqlConnectionStringBuilder(driver.ConnectionString) { Database = name, Pooling = false });

    private static PostgresUrl FromUrl(string setting, DatabaseUrl url, string text)
    {
        if (url.Host.Contains(',', StringComparison.Ordinal))
        {
            throw ConfigurationException.NotAllowed(setting, text, $"one host: {Example}");
        }

        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Length == 0 ? "localhost" : url.Host };
        settings.Port = url.Port ?? settings.Port;
        settings.Username = url.User;
        settings.Password = url.Password;
        settings.Database = url.Database;
        foreach (var (key, value) in url.Options)
        {
            PostgresOptions.Apply(setting, settings, key, value);
        }

        return new PostgresUrl(settings);
    }

    private static PostgresUrl FromConnectionString(string setting, string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ConfigurationException(
                setting, $"\"{Masking.Mask(text)}\" is not a connection string that PostgreSQL's driver understands; a URL is written {Example}.", e);
        }

        return string.IsNullOrEmpty(settings.Host)
            ? throw new ConfigurationException(setting, $"\"{Masking.Mask(text)}\" names no Host.")
            : new PostgresUrl(settings);
    }

    // Behind a pooler each transaction may run on another server session: nothing may be prepared on or reset in one. The
    // server may sleep, so connecting takes time, and connections that were idle for long are gone.
    private static void AdaptToPooler(NpgsqlConnectionStringBuilder settings)
    {
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = 0;
        settings.KeepAlive = 0;
        settings.ConnectionIdleLifetime = Math.Min(settings.ConnectionIdleLifetime, (int)PoolerIdleLifetime.TotalSeconds);
        if (settings.Timeout is not 0)
        {
            settings.Timeout = Math.Max(settings.Timeout, (int)PoolerConnectTimeout.TotalSeconds);
        }
    }
}
