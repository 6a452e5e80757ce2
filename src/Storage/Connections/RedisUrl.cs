using System.Globalization;

namespace Tradepost.Storage.Connections;

/// <summary>The address of a Redis server: <c>redis://user:password@host:6379/0</c>, or <c>rediss://</c> encrypted. Prints without its password.</summary>
public sealed class RedisUrl
{
    private const string Example = "redis://user:password@host:6379/0, or the same with rediss";
    private const int DefaultPort = 6379;
    private const int LastDatabase = 1_000_000;

    private RedisUrl(string host, int port, string? user, Secret password, int database, bool isEncrypted)
    {
        (Host, Port, User, Password, Database, IsEncrypted) = (host, port, user, password, database, isEncrypted);
        var credentials = password.Reveal().Length == 0 ? "" : $"{user}:{Masking.Stars}@";
        Description = $"{(isEncrypted ? "rediss" : "redis")}://{credentials}{host}:{port}/{database}";
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Null for the default user.</summary>
    public string? User { get; }

    public Secret Password { get; }

    /// <summary>Its number.</summary>
    public int Database { get; }

    public bool IsEncrypted { get; }

    public string Description { get; }

    /// <summary>Reads an address; <paramref name="setting"/> is named when it cannot be used.</summary>
    public static RedisUrl Parse(string setting, string text)
    {
        if (DatabaseUrl.Scheme(text) is not ("redis" or "rediss"))
        {
            throw ConfigurationException.NotAllowed(setting, text, Example);
        }

        var url = DatabaseUrl.Parse(setting, text, Example);
        if (
            url.Options.Count > 0
            || url.Host.Contains(',', StringComparison.Ordinal)
            || !int.TryParse(url.Database ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var database)
            || database > LastDatabase
        )
        {
            throw ConfigurationException.NotAllowed(setting, text, Example);
        }

        return new RedisUrl(
            url.Host.Length == 0 ? "localhost" : url.Host,
            url.Port ?? DefaultPort,
            url.User,
            new Secret(url.Password ?? ""),
            database,
            DatabaseUrl.Scheme(text) == "rediss"
        );
    }

    public override string ToString() => Description;
}
