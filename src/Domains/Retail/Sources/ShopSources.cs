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
    public static string SettingOf(string database) => $"{database.ToUpperInvariant()}_DB_URL";

    /// <summary>The four addresses, null where the settings name none.</summary>
    public static IReadOnlyDictionary<string, MySqlUrl?> UrlsOf(Settings settings) =>
        new[] { Shop.Auth, Shop.Catalog, Shop.OrderDatabase, Shop.PaymentDatabase }.ToDictionary(
            database => database,
            database => settings.FindMySql(SettingOf(database))
        );

    /// <summary>The settings that name the databases.</summary>
    public static IReadOnlyList<Setting> Settings { get; } =
    [
        Named(Shop.Auth, "customers", "mysql://auth_user:password@localhost:3306/auth_db"),
        Named(Shop.Catalog, "products", "mysql://catalog_user:password@localhost:3307/catalog_db"),
        Named(Shop.OrderDatabase, "orders", "mysql://orders_user:password@localhost:3308/orders_db"),
        Named(Shop.PaymentDatabase, "payments", "mysql://payments_user:password@localhost:3309/payments_db"),
    ];

    public SourceQuery QueryFor(SourceTable table) => new(table, Databases[table.Database].Dialect, Mapping?.Tables[table.Name]);

    private static Setting Named(string database, string what, string example) =>
        new(SettingOf(database), $"the shop's database of {what}", example) { Check = settings => settings.FindMySql(SettingOf(database)) };
}
