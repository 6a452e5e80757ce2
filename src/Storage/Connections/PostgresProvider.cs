namespace Tradepost.Storage.Connections;

/// <summary>Who runs a PostgreSQL server, as far as its host and port tell.</summary>
/// <param name="Name">As a sentence names it.</param>
/// <param name="Sleeps">Whether a database that nobody uses is stopped, so that the first connection waits for it.</param>
/// <param name="IsPooler">Whether the address is that of a pooler in transaction mode.</param>
public sealed record PostgresProvider(string Name, bool Sleeps, bool IsPooler)
{
    /// <summary>The port that PgBouncer has unless it is told another; a server may have it as well.</summary>
    public const int PgBouncerPort = 6432;

    private const int SupabasePooler = 6543;
    private const int SupabaseSession = 5432;
    private const int DigitalOceanPool = 25061;

    private static readonly string NeonPooler = "-pooler";

    internal static PostgresProvider Of(string host, int port)
    {
        var isNeonPooler = host.Split('.')[0].EndsWith(NeonPooler, StringComparison.OrdinalIgnoreCase);
        return isNeonPooler || Ends(".neon.tech") ? new("Neon", Sleeps: true, isNeonPooler)
            : Ends(".supabase.com") || Ends(".supabase.co") || host.Contains(".pooler.", StringComparison.OrdinalIgnoreCase)
                ? new("Supabase", Sleeps: true, port == SupabasePooler)
            : Ends(".ondigitalocean.com") ? new("DigitalOcean", Sleeps: false, port == DigitalOceanPool)
            : new("PostgreSQL", Sleeps: false, IsPooler: false);

        bool Ends(string name) => host.EndsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The same address past its pooler, where that can be told from it: Neon's host without <c>-pooler</c>, Supabase's port of sessions. A
    /// pool of DigitalOcean's or of PgBouncer's has names of its own.
    /// </summary>
    /// <param name="text">The address as a URL.</param>
    /// <param name="url">The same, read.</param>
    public static string? PastPooler(string text, PostgresUrl url) =>
        url switch
        {
            { IsPooler: false } => null,
            { Provider.Name: "Neon" } => text.Replace(url.Host, WithoutPooler(url.Host), StringComparison.OrdinalIgnoreCase),
            { Provider.Name: "Supabase" } => text.Replace(
                $"{url.Host}:{SupabasePooler}",
                $"{url.Host}:{SupabaseSession}",
                StringComparison.OrdinalIgnoreCase
            ),
            _ => null,
        };

    private static string WithoutPooler(string host)
    {
        var label = host.Split('.')[0];
        return label[..^NeonPooler.Length] + host[label.Length..];
    }
}
