using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Alerts;

/// <summary>Where the rules' alerts are posted to. The addresses often hold a secret, so they are kept apart from the rules.</summary>
internal sealed class AlertAddresses(Store store)
{
    /// <summary>The address of a rule whose own was lost; nothing is posted to it.</summary>
    public static Secret None { get; } = new("");

    public async Task<Dictionary<string, Secret>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        var rows = await connection.ReadAsync(
            "SELECT rule, url FROM tradepost_private.alert_addresses",
            row => (Rule: row.GetString(0), Url: new Secret(row.GetString(1))),
            cancellationToken
        );
        return rows.ToDictionary(row => row.Rule, row => row.Url, StringComparer.Ordinal);
    }

    public async Task SetAsync(string rule, Secret url, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "INSERT INTO tradepost_private.alert_addresses (rule, url) VALUES (@rule, @url) ON CONFLICT (rule) DO UPDATE SET url = "
                + "excluded.url",
            new { rule, url = url.Reveal() },
            cancellationToken
        );
    }

    public async Task RemoveAsync(string rule, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("DELETE FROM tradepost_private.alert_addresses WHERE rule = @rule", new { rule }, cancellationToken);
    }
}
