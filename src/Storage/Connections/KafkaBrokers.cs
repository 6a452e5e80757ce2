namespace Tradepost.Storage.Connections;

/// <summary>
/// The addresses of Kafka's brokers: <c>host:9092,other:9092</c>, or with a user and librdkafka's own settings
/// <c>kafka://user:password@host:9093,other:9093?sasl.mechanism=SCRAM-SHA-512&amp;ssl.ca.location=/path/ca.crt</c>. Prints without secrets.
/// </summary>
public sealed class KafkaBrokers
{
    private const string Example = "host:9092,other:9092, or kafka://user:password@host:9093?sasl.mechanism=SCRAM-SHA-512";
    private const string Scheme = "kafka://";
    private const int DefaultPort = 9092;

    private static readonly string[] Mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];
    private static readonly string[] Protocols = ["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"];

    private KafkaBrokers(string hosts, string? user, IReadOnlyDictionary<string, Secret> properties)
    {
        (Hosts, Properties) = (hosts, properties);
        Description = user is null ? $"{Scheme}{hosts}" : $"{Scheme}{user}:{Masking.Stars}@{hosts}";
    }

    /// <summary>Host and port of each, with commas between.</summary>
    public string Hosts { get; }

    /// <summary>librdkafka's settings of security, user and password among them.</summary>
    public IReadOnlyDictionary<string, Secret> Properties { get; }

    public string Description { get; }

    /// <summary>Reads addresses; <paramref name="setting"/> is named when they cannot be used.</summary>
    public static KafkaBrokers Parse(string setting, string text)
    {
        var isUrl = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        var rest = isUrl ? text[Scheme.Length..] : text;
        var (address, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (before, hosts) = Split(address, address.LastIndexOf('@'));
        var credentials = hosts is null ? null : before;
        hosts ??= before;
        if (!isUrl && (credentials is not null || query is not null || text.Contains('/', StringComparison.Ordinal)))
        {
            throw ConfigurationException.NotAllowed(setting, text, Example);
        }

        var properties = (query ?? "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => Property(setting, pair))
            .ToDictionary(StringComparer.Ordinal);
        var user = AddUser(setting, credentials, properties);
        if (
            properties.TryGetValue("security.protocol", out var protocol)
            && !Protocols.Contains(protocol.Reveal(), StringComparer.OrdinalIgnoreCase)
        )
        {
            throw ConfigurationException.NotAllowed(setting, $"security.protocol={protocol.Reveal()}", string.Join(", ", Protocols));
        }

        return new KafkaBrokers(
            string.Join(',', hosts.TrimEnd('/').Split(',').Select(host => Host(setting, text, host.Trim()))),
            user,
            properties
        );
    }

    public override string ToString() => Description;

    // With a user, only what is encrypted is used unless it is asked for otherwise.
    private static string? AddUser(string setting, string? credentials, Dictionary<string, Secret> properties)
    {
        if (credentials is null)
        {
            return null;
        }

        var (user, password) = Split(credentials, credentials.IndexOf(':', StringComparison.Ordinal));
        properties["sasl.username"] = new Secret(Uri.UnescapeDataString(user));
        properties["sasl.password"] = new Secret(Uri.UnescapeDataString(password ?? ""));
        properties.TryAdd("security.protocol", new Secret("sasl_ssl"));
        properties.TryAdd("sasl.mechanism", new Secret(Mechanisms[0]));
        return Mechanisms.Contains(properties["sasl.mechanism"].Reveal())
            ? Uri.UnescapeDataString(user)
            : throw ConfigurationException.NotAllowed(
                setting,
                $"sasl.mechanism={properties["sasl.mechanism"].Reveal()}",
                string.Join(", ", Mechanisms)
            );
    }

    private static KeyValuePair<string, Secret> Property(string setting, string pair)
    {
        var (key, value) = Split(pair, pair.IndexOf('=', StringComparison.Ordinal));
        key = Uri.UnescapeDataString(key);
        return value is null
                ? throw new ConfigurationException(setting, $"\"{key}\" behind the ? has no value; it is written as in {Example}.")
            : key is "security.protocol" or "sasl.mechanism" || key.StartsWith("ssl.", StringComparison.Ordinal)
                ? new(key, new Secret(Uri.UnescapeDataString(value)))
            : throw new ConfigurationException(
                setting,
                $"\"{key}\" behind the ? is not known; allowed are security.protocol, sasl.mechanism and librdkafka's ssl. settings."
            );
    }

    private static string Host(string setting, string text, string host)
    {
        var (name, port) = Split(host, host.LastIndexOf(':'));
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '[' or ']'))
        {
            throw ConfigurationException.NotAllowed(setting, text, Example);
        }

        return $"{name}:{(port is null ? DefaultPort : DatabaseUrl.ParsePort(setting, port))}";
    }

    private static (string Before, string? After) Split(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
