using Dapper;
using MySql.Data.MySqlClient;
using Tradepost.Retail.Generation;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>Four empty databases on the test's MariaDB.</summary>
internal sealed class MySqlShop(MariaDbServer server, IReadOnlyDictionary<string, TestDatabase> databases)
{
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; } = databases.ToDictionary(d => d.Key, d => d.Value.ConnectionString);

    public static async Task<MySqlShop> CreateAsync()
    {
        var server = await Servers.RequireMariaDbAsync();
        var databases = new Dictionary<string, TestDatabase>();
        foreach (var name in ShopTable.Databases)
        {
            databases[name] = await server.CreateDatabaseAsync();
        }

        return new MySqlShop(server, databases);
    }

    public Task<GenerateResult> GenerateAsync(ShopOptions options, bool force = false) =>
        new ShopGenerator(options, TimeProvider.System).GenerateAsync(new MySqlShopTarget(ConnectionStrings), force, TestContext.Current.CancellationToken);

    public Task ExecuteAsync(string database, string sql) => server.ExecuteAsync(databases[database].Name, sql);

    public async Task<MySqlConnection> OpenAsync(string database)
    {
        var connection = new MySqlConnection(ConnectionStrings[database]);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    /// <summary>All rows as text, as <see cref="MemoryShop.Lines"/> writes them.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string database, string table)
    {
        await using var connection = await OpenAsync(database);
        return await DatabaseLines.ReadAsync(connection, ShopTable.Of(database).Single(t => t.Name == table));
    }
}
