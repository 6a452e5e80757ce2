using System.Globalization;
using Npgsql;

namespace Tradepost.Storage.Connections;

/// <summary>What may stand behind the ? of a PostgreSQL URL: libpq's names, given to Npgsql's.</summary>
internal static class PostgresOptions
{
    private const string Allowed =
        "sslmode, sslrootcert, sslcert, sslkey, sslpassword, sslnegotiation, channel_binding, connect_timeout, application_name, options, host, port, user, password, dbname, client_encoding";

    public static void Apply(string setting, NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "sslmode":
                settings.SslMode = ParseSslMode(setting, value);
                break;
            case "sslrootcert":
                settings.RootCertificate = value == "system" ? null : value; // no file means the system's authorities
                break;
            case "sslcert":
                settings.SslCertificate = value;
                break;
            case "sslkey":
                settings.SslKey = value;
                break;
            case "sslpassword":
                settings.SslPassword = value;
                break;
            case "sslnegotiation":
                settings.SslNegotiation = OneOf(setting, key, value, ("postgres", SslNegotiation.Postgres), ("direct", SslNegotiation.Direct));
                break;
            case "channel_binding":
                settings.ChannelBinding = OneOf(
                    setting, key, value, ("disable", ChannelBinding.Disable), ("prefer", ChannelBinding.Prefer), ("require", ChannelBinding.Require));
                break;
            case "connect_timeout":
                settings.Timeout = ParseSeconds(setting, value);
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            case "options":
                settings.Options = value;
                break;
            case "client_encoding":
                _ = OneOf(setting, key, value.ToLowerInvariant(), ("utf8", 0), ("utf-8", 0), ("auto", 0));
                break;
            default:
                ApplyPart(setting, settings, key, value);
                break;
        }
    }

    public static SslMode ParseSslMode(string setting, string value) => OneOf(
        setting,
        "sslmode",
        value.ToLowerInvariant(),
        ("disable", SslMode.Disable),
        ("allow", SslMode.Allow),
        ("prefer", SslMode.Prefer),
        ("require", SslMode.Require),
        ("verify-ca", SslMode.VerifyCA),
        ("verify-full", SslMode.VerifyFull));

    private static void ApplyPart(string setting, NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "host":
                settings.Host = value;
                break;
            case "port":
                settings.Port = DatabaseUrl.ParsePort(setting, value);
                break;
            case "user":
                settings.Username = value;
                break;
            case "password":
                settings.Password = value;
                break;
            case "dbname":
                settings.Database = value;
                break;
            default:
                throw new ConfigurationException(setting, $"\"{key}\" behind the ? is not known; allowed are {Allowed}.");
        }
    }

    private static int ParseSeconds(string setting, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 1024
            ? seconds
            : throw ConfigurationException.NotAllowed(setting, $"connect_timeout={value}", "0 (no limit) to 1024 seconds");

    private static T OneOf<T>(string setting, string key, string value, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        foreach (var choice in choices)
        {
            if (choice.Name == value)
            {
                return choice.Value;
            }
        }

        var names = new List<string>();
        foreach (var choice in choices)
        {
            names.Add(choice.Name);
        }

        throw ConfigurationException.NotAllowed(setting, $"{key}={value}", string.Join(", ", names));
    }
}
