using Tradepost.Storage.Connections;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Sources;

/// <summary>The shop's four databases, and how their tables map to ours when they are somebody else's.</summary>
internal sealed record ShopSources(IReadOnlyDictionary<string, Source> Databases, ShopMapping? Mapping = null)
{
    /// <summary>The databases that the settings name; those they do not name are the embedded ones.</summary>
    public static ShopSources From(Settings settings, TimeProvider time, ShopMapping? mapping = null)
    {
        return new ShopSources(
            UrlsOf(settings)
                .ToDictionary(
                    entry => entry.Key,
                    Source (entry) =>
                        entry.Value is { } url
                            ? new MySqlSource(entry.Key, url.ConnectionString.Reveal(), url.Description) { Zone = url.Zone }
                            : new DuckDbSource(entry.Key, Path.Combine(settings.DataFolder, "retail", $"{entry.Key}.duckdb"), time)
                ),
            mapping
        );
    }

    /// <summary>The setting that names a database.</summary>
    public static string SettingOf(string database) =>
        database switch
        {
            Shop.Auth => SettingNames.AuthDatabaseUrl,
            Shop.Catalog => SettingNames.CatalogDatabaseUrl,
            Shop.OrderDatabase => SettingNames.OrdersDatabaseUrl,
            Shop.PaymentDatabase => SettingNames.PaymentsDatabaseUrl,
            _ => throw new ArgumentException($"The shop has no database {database}.", nameof(database)),
        };

    /// <summary>The four addresses, null where the settings name none.</summary>
    public static IReadOnlyDictionary<string, MySqlUrl?> UrlsOf(Settings settings) =>
        new Dictionary<string, MySqlUrl?>
        {
            [Shop.Auth] = settings.AuthDatabase,
            [Shop.Catalog] = settings.CatalogDatabase,
            [Shop.OrderDatabase] = settings.OrdersDatabase,
            [Shop.PaymentDatabase] = settings.PaymentsDatabase,
        };

    public SourceQuery QueryFor(SourceTable table) => new(table, Databases[table.Database].Dialect, Mapping?.Tables[table.Name]);
}
