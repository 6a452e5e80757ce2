using System.Globalization;
using System.Text.RegularExpressions;
using MySqlConnector;

namespace Tradepost.Storage.Connections;

/// <summary>The address of a MySQL or MariaDB database that rows are read from. Prints without its password.</summary>
public sealed partial class MySqlUrl
{
    private const string Example = "mysql://user:password@host:3306/database?sslmode=prefer";
    private const string AllowedOptions = "sslmode, sslca, connect_timeout, charset, time_zone";

    private const string TimeZone = "time_zone";

    internal const string Utc = "UTC";

    private readonly MySqlConnectionStringBuilder driver;

    private MySqlUrl(MySqlConnectionStringBuilder driver)
    {
        this.driver = driver;
        driver.AllowPublicKeyRetrieval = true;

        // Old databases hold 0000-00-00; with the driver's default one such row would end the read.
        driver.AllowZeroDateTime = true;

        // A TINYINT(1) may hold 2 and a CHAR(36) any text: both stay what they are.
        driver.TreatTinyAsBoolean = false;
        driver.GuidFormat = MySqlGuidFormat.None;
    }

    public string Host => driver.Server;

    public int Port => (int)driver.Port;

    /// <summary>The zone that the address says of columns without one, whatever the server's own is: UTC, an offset or a name.</summary>
    public string? Zone { get; private init; }

    public string Database => driver.Database;

    public string User => driver.UserID;

    public Secret ConnectionString => new(driver.ConnectionString);

    public string Description
    {
        get
        {
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            var password = string.IsNullOrEmpty(driver.Password) ? "" : $":{Masking.Stars}";
            var user = string.IsNullOrEmpty(User) ? "" : $"{User}{password}@";
            return $"mysql://{user}{host}:{Port}/{Database}";
        }
    }

    /// <summary>Reads an address; <paramref name="setting"/> is named when it cannot be used.</summary>
    public static MySqlUrl Parse(string setting, string text)
    {
        return DatabaseUrl.Scheme(text) switch
        {
            "mysql" or "mariadb" => FromUrl(setting, DatabaseUrl.Parse(setting, text, Example), text),
            null when text.Contains('=', StringComparison.Ordinal) => FromConnectionString(setting, text),
            _ => throw ConfigurationException.NotAllowed(setting, text, $"{Example}, or Server=…;User ID=…;Password=…;Database=…"),
        };
    }

    public override string ToString() => Description;

    private static MySqlUrl FromUrl(string setting, DatabaseUrl url, string text)
    {
        if (url.Database is null)
        {
            throw new ConfigurationException(setting, $"\"{Masking.Mask(text)}\" names no database; it is written {Example}.");
        }

        if (url.Host.Contains(',', StringComparison.Ordinal))
        {
            throw ConfigurationException.NotAllowed(setting, text, $"one host: {Example}");
        }

        var settings = new MySqlConnectionStringBuilder
        {
            Server = url.Host.Length == 0 ? "localhost" : url.Host,
            Port = (uint)(url.Port ?? 3306),
            Database = url.Database,
            SslMode = MySqlSslMode.Preferred,
        };
        if (url.User is not null)
        {
            settings.UserID = url.User;
        }

        if (url.Password is not null)
        {
            settings.Password = url.Password;
        }

        foreach (var (key, value) in url.Options.Where(option => option.Key != TimeZone))
        {
            Apply(setting, settings, key, value);
        }

        return new MySqlUrl(settings)
        {
            Zone = url.Options.Where(option => option.Key == TimeZone).Select(option => ZoneOf(setting, option.Value)).LastOrDefault(),
        };
    }

    private static void Apply(string setting, MySqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "sslmode" or "ssl-mode" or "ssl_mode":
                settings.SslMode = ParseSslMode(setting, value);
                break;
            case "sslca" or "ssl-ca" or "ssl_ca":
                settings.SslCa = File.Exists(value)
                    ? value
                    : throw new ConfigurationException(setting, $"{key} names {value}, and there is no such file.");
                break;
            case "connect_timeout":
                settings.ConnectionTimeout =
                    uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 1024
                        ? seconds
                        : throw ConfigurationException.NotAllowed(setting, $"connect_timeout={value}", "1 to 1024 seconds");
                break;
            case "charset" when value.StartsWith("utf8", StringComparison.OrdinalIgnoreCase):
                break;
            case "charset":
                throw ConfigurationException.NotAllowed(setting, $"charset={value}", "utf8mb4, which is what is always asked for");
            default:
                throw new ConfigurationException(setting, $"\"{key}\" behind the ? is not known; allowed are {AllowedOptions}.");
        }
    }

    private static string ZoneOf(string setting, string zone) =>
        zone.ToUpperInvariant() is "UTC" or "+00:00" or "Z" ? Utc
        : ZoneForm().IsMatch(zone) ? zone
        : throw ConfigurationException.NotAllowed(
            setting,
            $"{TimeZone}={zone}",
            "UTC, an offset such as +02:00, or a name such as Europe/Kyiv"
        );

    [GeneratedRegex(
        "^([+-](0[0-9]|1[0-3]):[0-5][0-9]|[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ZoneForm();

    private static MySqlSslMode ParseSslMode(string setting, string value) =>
        value.ToLowerInvariant().Replace('_', '-') switch
        {
            "disable" or "disabled" => MySqlSslMode.Disabled,
            "prefer" or "preferred" => MySqlSslMode.Preferred,
            "require" or "required" => MySqlSslMode.Required,
            "verify-ca" => MySqlSslMode.VerifyCA,
            "verify-full" or "verify-identity" => MySqlSslMode.VerifyFull,
            _ => throw ConfigurationException.NotAllowed(setting, $"sslmode={value}", "disable, prefer, require, verify-ca, verify-full"),
        };

    private static MySqlUrl FromConnectionString(string setting, string text)
    {
        try
        {
            return new MySqlUrl(new MySqlConnectionStringBuilder(text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ConfigurationException(
                setting,
                $"\"{Masking.Mask(text)}\" is not a connection string that MySQL's driver understands; a URL is written {Example}.",
                e
            );
        }
    }
}
