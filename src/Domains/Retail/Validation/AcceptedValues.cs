using System.Data.Common;
using System.Text.Json;
using Tradepost.Storage;

namespace Tradepost.Retail.Validation;

/// <summary>The values that a mapping file accepts, kept with the warehouse, so that a replay of rejects goes by the same rules.</summary>
internal static class AcceptedValues
{
    private const string StateName = "accepted_values";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> None { get; } = new Dictionary<string, IReadOnlyList<string>>();

    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    ) =>
        await connection.ScalarAsync<string>("SELECT value FROM etl_state WHERE name = @StateName", new { StateName }, cancellationToken)
            is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json)!
            : None;

    public static async Task WriteAsync(
        DbConnection connection,
        IReadOnlyDictionary<string, IReadOnlyList<string>> accepted,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync("DELETE FROM etl_state WHERE name = @StateName", new { StateName }, cancellationToken);
        if (accepted.Count > 0)
        {
            await connection.ExecuteAsync(
                "INSERT INTO etl_state (name, value) VALUES (@StateName, @value)",
                new { StateName, value = JsonSerializer.Serialize(accepted) },
                cancellationToken
            );
        }
    }
}
