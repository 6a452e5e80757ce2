using MySqlConnector;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Cases;

/// <summary>Somebody else's shop in one database of the test's MariaDB, read through a mapping file.</summary>
internal sealed class MappedShop : ShopWorld
{
    private const string Unpooled = ";Pooling=false"; // many databases would keep many connections

    private readonly TestDatabase database;
    private readonly TemporaryFolder? folder;

    private MappedShop(TestDatabase database, string mapping, TemporaryFolder? folder, string options)
    {
        (this.database, this.folder) = (database, folder);
        Sources = new ShopSources(
            ShopTable.Databases.ToDictionary(
                name => name,
                Source (name) => new MySqlSource(name, database.ConnectionString + Unpooled + options, "mysql://shop")
            ),
            MappingFile.Read(mapping)
        );
    }

    public override TimeProvider Time => TimeProvider.System;

    public override ShopSources Sources { get; }

    /// <summary>A shop whose mapping is a file; its tables are made by <see cref="RunAsync"/>.</summary>
    public static async Task<MappedShop> FromFileAsync(string mapping) =>
        new(await (await Servers.RequireMariaDbAsync()).CreateDatabaseAsync(), mapping, folder: null, options: "");

    /// <summary>A shop whose mapping is a text.</summary>
    /// <param name="mapping">The mapping file's text.</param>
    /// <param name="options">What to add to the connection string.</param>
    public static async Task<MappedShop> FromTextAsync(string mapping, string options = "")
    {
        var files = new TemporaryFolder();
        return new MappedShop(
            await (await Servers.RequireMariaDbAsync()).CreateDatabaseAsync(),
            files.Write("shop.yaml", mapping),
            files,
            options
        );
    }

    public override async Task<System.Data.Common.DbConnection> OpenAsync(string name)
    {
        var connection = new MySqlConnection(database.ConnectionString + Unpooled);
        await connection.OpenAsync(Token);
        await connection.ExecuteAsync("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'", parameters: null, Token);
        return connection;
    }

    /// <summary>Runs a script that makes a database called shop, in the place of this one's.</summary>
    public async Task RunAsync(string script)
    {
        var own = script.Replace(
            "DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;",
            "",
            StringComparison.Ordinal
        );
        var tables = await QueryAsync<string>(
            "",
            $"SELECT table_name FROM information_schema.tables WHERE table_schema = '{database.Name}'"
        );
        if (own != script && tables.Count > 0)
        {
            await ExecuteAsync("", $"DROP TABLE {string.Join(", ", tables.Select(table => $"`{table}`"))}");
        }

        await ExecuteAsync("", own);
    }

    public Task<T> ScalarAsync<T>(string sql) => ScalarAsync<T>("", sql);

    public override ValueTask DisposeAsync()
    {
        folder?.Dispose();
        return ValueTask.CompletedTask;
    }
}
