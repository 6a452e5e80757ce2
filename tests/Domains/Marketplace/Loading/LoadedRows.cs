using System.Text.Json;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>What loads have left in a store.</summary>
internal static class LoadedRows
{
    private static readonly string[] Tables =
    [
        "categories",
        "merchants",
        "products",
        "features_daily",
        "offers",
        "price_history",
        "known_sales",
    ];

    /// <summary>All rows of all tables of the domain, as texts in an order of their own.</summary>
    public static async Task<IReadOnlyList<string>> EverythingAsync(this MarketplaceWorld world)
    {
        await using var connection = await world.Store.OpenAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.AddRange(
                await connection.ReadAsync(
                    $"SELECT * FROM {table}",
                    row =>
                        $"{table} {string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Shown(row.GetName(i), row.GetValue(i))))}",
                    TestContext.Current.CancellationToken
                )
            );
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    // The stores order the members of an object, and the zeros of a number, each in its own way.
    private static string Shown(string name, object value) =>
        name == "features"
            ? string.Join(
                ',',
                JsonDocument
                    .Parse((string)value)
                    .RootElement.EnumerateObject()
                    .Select(member => $"{member.Name}={member.Value}")
                    .Order(StringComparer.Ordinal)
            )
            : value switch
            {
                DateOnly day => $"{day:yyyy-MM-dd}",
                DateTime time => time.TimeOfDay == default ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm:ss}",
                _ => Convert.ToString(value)!,
            };
}
