using System.Globalization;

namespace Tradepost.Storage.Connections;

/// <summary>
/// The parts of <c>scheme://user:password@host:port/database?key=value</c>, percent-decoded. A driver behind the scheme,
/// as in <c>postgresql+psycopg2</c>, is ignored, so that the addresses of Python programs can be kept.
/// </summary>
internal sealed record DatabaseUrl(
    string Host,
    int? Port,
    string? User,
    string? Password,
    string? Database,
    IReadOnlyList<KeyValuePair<string, string>> Options
)
{
    public static string? Scheme(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? null : text[..end].Split('+')[0].ToLowerInvariant();
    }

    public static DatabaseUrl Parse(string setting, string text, string example)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (beforeQuery, query) = SplitFirst(rest, '?');
        var (authority, path) = SplitFirst(beforeQuery, '/');
        if (query?.Contains('@', StringComparison.Ordinal) == true || path?.Contains('@', StringComparison.Ordinal) == true)
        {
            throw new ConfigurationException(
                setting,
                $"\"{Masking.Mask(text)}\" has an @ behind the host; a /, ? or @ in a user or password is written %2F, %3F or %40."
            );
        }

        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : SplitFirst(authority[..at], ':');
        var hosts = authority[(at + 1)..];
        var (host, port) = hosts.Contains(',', StringComparison.Ordinal) ? (Several(setting, hosts), null) : SplitPort(hosts);
        return new DatabaseUrl(
            Decode(host),
            port is null ? null : ParsePort(setting, port),
            NullWhenEmpty(user),
            NullWhenEmpty(password),
            NullWhenEmpty(path?.TrimEnd('/')),
            [.. (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => ParseOption(setting, pair, example))]
        );
    }

    public static int ParsePort(string setting, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw ConfigurationException.NotAllowed(setting, text, "a port from 1 to 65535");

    // Each may have a port of its own.
    private static string Several(string setting, string hosts)
    {
        foreach (var one in hosts.Split(','))
        {
            if (SplitPort(one) is (_, { } port))
            {
                ParsePort(setting, port);
            }
        }

        return hosts;
    }

    private static KeyValuePair<string, string> ParseOption(string setting, string pair, string example)
    {
        var (key, value) = SplitFirst(pair, '=');
        return value is null
            ? throw new ConfigurationException(
                setting,
                $"\"{Masking.Mask(pair)}\" behind the ? has no value; it is written as in {example}."
            )
            : new(Decode(key).ToLowerInvariant(), Decode(value));
    }

    // An IPv6 address stands in brackets; a port follows the last colon outside them.
    private static (string Host, string? Port) SplitPort(string hostAndPort)
    {
        if (hostAndPort.StartsWith('[') && hostAndPort.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var behind = hostAndPort[(end + 1)..];
            return (hostAndPort[1..end], behind.Length == 0 ? null : behind.TrimStart(':'));
        }

        return SplitFirst(hostAndPort, ':');
    }

    private static (string Before, string? After) SplitFirst(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : Decode(text);

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
