using System.Globalization;
using Npgsql;

namespace Tradepost.Storage.Connections;

/// <summary>What may stand behind the ? of a PostgreSQL URL: libpq's names, given to Npgsql's.</summary>
internal static class PostgresOptions
{
    private const string Allowed =
        "sslmode, sslrootcert, sslcert, sslkey, sslpassword, sslnegotiation, channel_binding, connect_timeout, application_name, "
        + "options, target_session_attrs, pooler, host, port, user, password, dbname, client_encoding";

    public static PostgresTraits Apply(
        string setting,
        NpgsqlConnectionStringBuilder settings,
        PostgresTraits traits,
        string key,
        string value
    )
    {
        switch (key)
        {
            case "pooler":
                return traits with { IsPooler = OneOf(setting, key, value.ToLowerInvariant(), ("true", true), ("false", false)) };
            case "target_session_attrs":
                return traits with { Session = ParseSession(setting, value) };
            default:
                Apply(setting, settings, key, value);
                return traits;
        }
    }

    public static TargetSessionAttributes ParseSession(string setting, string value) =>
        OneOf(
            setting,
            "target_session_attrs",
            value.ToLowerInvariant(),
            ("any", TargetSessionAttributes.Any),
            ("read-write", TargetSessionAttributes.ReadWrite),
            ("read-only", TargetSessionAttributes.ReadOnly),
            ("primary", TargetSessionAttributes.Primary),
            ("standby", TargetSessionAttributes.Standby),
            ("prefer-primary", TargetSessionAttributes.PreferPrimary),
            ("prefer-standby", TargetSessionAttributes.PreferStandby)
        );

    private static void Apply(string setting, NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "sslmode":
                settings.SslMode = ParseSslMode(setting, value);
                break;
            case "sslrootcert":
                settings.RootCertificate = value == "system" ? null : FileOf(setting, key, value); // no file means the system's authorities
                break;
            case "sslcert":
                settings.SslCertificate = FileOf(setting, key, value);
                break;
            case "sslkey":
                settings.SslKey = FileOf(setting, key, value);
                break;
            case "sslpassword":
                settings.SslPassword = value;
                break;
            case "sslnegotiation":
                settings.SslNegotiation = OneOf(
                    setting,
                    key,
                    value,
                    ("postgres", SslNegotiation.Postgres),
                    ("direct", SslNegotiation.Direct)
                );
                break;
            case "channel_binding":
                settings.ChannelBinding = OneOf(
                    setting,
                    key,
                    value,
                    ("disable", ChannelBinding.Disable),
                    ("prefer", ChannelBinding.Prefer),
                    ("require", ChannelBinding.Require)
                );
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

    public static SslMode ParseSslMode(string setting, string value) =>
        OneOf(
            setting,
            "sslmode",
            value.ToLowerInvariant(),
            ("disable", SslMode.Disable),
            ("allow", SslMode.Allow),
            ("prefer", SslMode.Prefer),
            ("require", SslMode.Require),
            ("verify-ca", SslMode.VerifyCA),
            ("verify-full", SslMode.VerifyFull)
        );

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

    private static string FileOf(string setting, string key, string path) =>
        File.Exists(path) ? path : throw new ConfigurationException(setting, $"{key} names {path}, and there is no such file.");

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
