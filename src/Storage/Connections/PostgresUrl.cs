using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Tradepost.Storage.Connections;

/// <summary>The address of a PostgreSQL database, read from a URL or an ADO.NET connection string. Prints without its password.</summary>
public sealed class PostgresUrl
{
    private const string Example = "postgresql://user:password@host:5432/database?sslmode=require";

    private static readonly byte[] SslRequest = [0, 0, 0, 8, 4, 210, 22, 47]; // 80877103, in PostgreSQL's protocol
    private static readonly TimeSpan LookAtCertificate = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PoolerConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PoolerIdleLifetime = TimeSpan.FromSeconds(60);

    private readonly NpgsqlConnectionStringBuilder driver;
    private readonly PostgresTraits traits;

    private PostgresUrl(NpgsqlConnectionStringBuilder driver, PostgresTraits traits)
    {
        (this.driver, this.traits) = (driver, traits);
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

    /// <summary>Who runs the server, as its host and port tell.</summary>
    public PostgresProvider Provider => PostgresProvider.Of(Host, Port);

    /// <summary>
    /// Whether the host is a connection pooler in transaction mode, which keeps no session: as <c>pooler=true</c> says, or its provider's
    /// names and ports.
    /// </summary>
    public bool IsPooler => traits.IsPooler ?? Provider.IsPooler;

    /// <summary>Whether it may be a PgBouncer, and the address says neither that it is a pooler nor that it is none.</summary>
    public bool MayBePooler => traits.IsPooler is null && Port == PostgresProvider.PgBouncerPort;

    /// <summary>Whether a connection without encryption is refused.</summary>
    public bool RequiresEncryption => driver.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull;

    /// <summary>Whether the server is on this machine.</summary>
    public bool IsLocal =>
        Host.Split(',')
            .All(host =>
                host is "localhost" or "::1" or ['/', ..] || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            );

    /// <summary>Whether there are several servers to choose from.</summary>
    public bool HasSeveralHosts => Host.Contains(',', StringComparison.Ordinal);

    public Secret ConnectionString => new(driver.ConnectionString);

    /// <summary>Whether the connection is refused when the server's certificate is not the right one.</summary>
    public bool VerifiesServer => driver.SslMode is SslMode.VerifyCA or SslMode.VerifyFull;

    public string Description
    {
        get
        {
            var password = string.IsNullOrEmpty(driver.Password) ? "" : $":{Masking.Stars}";
            var user = User.Length == 0 ? "" : $"{User}{password}@";
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            return HasSeveralHosts ? $"postgresql://{user}{Host}/{Database}" : $"postgresql://{user}{host}:{Port}/{Database}";
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
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = database,
            Username = user,
        };
        if (password is not null)
        {
            settings.Password = password;
        }

        if (sslMode is { } mode)
        {
            settings.SslMode = mode;
        }

        return new PostgresUrl(settings, new PostgresTraits());
    }

    internal PostgresUrl WithPoolSize(int connections) =>
        With(settings => (settings.MaxPoolSize, settings.MinPoolSize) = (connections, Math.Min(driver.MinPoolSize, connections)));

    internal PostgresUrl WithUser(string name, string password) =>
        With(settings => (settings.Username, settings.Password) = (name, password));

    internal PostgresUrl WithDatabase(string name) => With(settings => (settings.Database, settings.Pooling) = (name, false));

    /// <summary>The same address with other settings of the driver.</summary>
    internal PostgresUrl With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(driver.ConnectionString);
        change(settings);
        return new PostgresUrl(settings, traits);
    }

    /// <summary>Why the server's certificate is refused, which the driver keeps to itself; null when that cannot be found out.</summary>
    internal async Task<string?> CertificateRefusalAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookAtCertificate);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, Port, limit.Token);
            var stream = client.GetStream();
            if (driver.SslNegotiation == SslNegotiation.Postgres)
            {
                await stream.WriteAsync(SslRequest, limit.Token);
                await stream.ReadExactlyAsync(new byte[1], limit.Token);
            }

            return await CertificateCheck.ReasonAsync(stream, Host, driver.RootCertificate, limit.Token);
        }
        catch (Exception e)
            when (e is SocketException or IOException or CryptographicException or ArgumentException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null; // what the driver said is all there is then
        }
    }

    /// <summary>What gives connections to it; of several servers, to the one that is asked for.</summary>
    internal NpgsqlDataSource CreateDataSource()
    {
        var builder = new NpgsqlDataSourceBuilder(driver.ConnectionString);
        return HasSeveralHosts
            ? builder.BuildMultiHost().WithTargetSession(traits.Session ?? TargetSessionAttributes.ReadWrite)
            : builder.Build();
    }

    private static PostgresUrl FromUrl(string setting, DatabaseUrl url, string text)
    {
        var (settings, traits) = (Server(url), new PostgresTraits());
        settings.Username = url.User;
        settings.Password = url.Password;
        settings.Database = url.Database;
        foreach (var (key, value) in url.Options)
        {
            traits = PostgresOptions.Apply(setting, settings, traits, key, value);
        }

        return new PostgresUrl(settings, traits);
    }

    private static NpgsqlConnectionStringBuilder Server(DatabaseUrl url)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Length == 0 ? "localhost" : url.Host };
        settings.Port = url.Port ?? settings.Port;
        return settings;
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
                setting,
                $"\"{Masking.Mask(text)}\" is not a connection string that PostgreSQL's driver understands; a URL is written {Example}.",
                e
            );
        }

        return string.IsNullOrEmpty(settings.Host)
            ? throw new ConfigurationException(setting, $"\"{Masking.Mask(text)}\" names no Host.")
            : FromDriver(settings);
    }

    // The driver refuses this one in a connection string of several hosts; it is told of it when the connections are made.
    private static PostgresUrl FromDriver(NpgsqlConnectionStringBuilder settings)
    {
        var session = settings.TargetSessionAttributes is { } text
            ? PostgresOptions.ParseSession("Target Session Attributes", text)
            : (TargetSessionAttributes?)null;
        settings.TargetSessionAttributes = null;
        return new PostgresUrl(settings, new PostgresTraits { Session = session });
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
