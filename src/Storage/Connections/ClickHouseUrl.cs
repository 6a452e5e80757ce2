namespace Tradepost.Storage.Connections;

/// <summary>The address of a ClickHouse database, spoken to over HTTP. Prints without its password.</summary>
public sealed class ClickHouseUrl
{
    private const string Example = "http://user:password@host:8123/database";

    private ClickHouseUrl(Uri endpoint, string user, Secret password, string database, bool isCompressed)
    {
        (Endpoint, User, Password, Database, IsCompressed) = (endpoint, user, password, database, isCompressed);
        var credentials =
            user.Length == 0 ? ""
            : password.Reveal().Length == 0 ? $"{user}@"
            : $"{user}:{Masking.Stars}@";
        Description = $"{endpoint.Scheme}://{credentials}{endpoint.Authority}/{database}";
    }

    /// <summary>Where requests go: no user, no password, no database.</summary>
    public Uri Endpoint { get; }

    public string User { get; }

    public Secret Password { get; }

    public string Database { get; }

    /// <summary>Whether rows are sent compressed: for a server at the other end of a slow line.</summary>
    public bool IsCompressed { get; }

    public string Description { get; }

    /// <summary>Reads an address; <paramref name="setting"/> is named when it cannot be used.</summary>
    public static ClickHouseUrl Parse(string setting, string text)
    {
        if (DatabaseUrl.Scheme(text) is not ("http" or "https"))
        {
            throw ConfigurationException.NotAllowed(setting, text, $"{Example}, or the same with https");
        }

        var url = DatabaseUrl.Parse(setting, text, Example);
        var scheme = DatabaseUrl.Scheme(text)!;
        var database = url.Database ?? "default";
        if (!database.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            throw new ConfigurationException(
                setting,
                $"\"{Masking.Mask(text)}\" names the database \"{database}\"; allowed are letters, digits and underscores."
            );
        }

        var host =
            url.Host.Length == 0 ? "localhost"
            : url.Host.Contains(':', StringComparison.Ordinal) ? $"[{url.Host}]"
            : url.Host;
        var address = $"{scheme}://{host}:{url.Port ?? (scheme == "https" ? 8443 : 8123)}/";
        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            ? new ClickHouseUrl(
                endpoint,
                url.User ?? "",
                new Secret(url.Password ?? ""),
                database,
                IsCompressionAsked(setting, url.Options)
            )
            : throw ConfigurationException.NotAllowed(setting, text, Example);
    }

    public override string ToString() => Description;

    private static bool IsCompressionAsked(string setting, IEnumerable<KeyValuePair<string, string>> options)
    {
        var isAsked = false;
        foreach (var (key, value) in options)
        {
            isAsked = (key, value) switch
            {
                ("compress", "gzip") => true,
                ("compress", "none") => false,
                ("compress", _) => throw ConfigurationException.NotAllowed(setting, $"compress={value}", "gzip or none"),
                _ => throw new ConfigurationException(setting, $"\"{key}\" behind the ? is not known; allowed is compress."),
            };
        }

        return isAsked;
    }
}
