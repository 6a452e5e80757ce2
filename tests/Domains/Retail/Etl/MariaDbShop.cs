using System.Data.Common;
using MySqlConnector;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>Four databases on the test's MariaDB, which goes by its own clock.</summary>
internal sealed class MariaDbShop : ShopWorld
{
    private readonly IReadOnlyDictionary<string, TestDatabase> databases;

    private MariaDbShop(IReadOnlyDictionary<string, TestDatabase> databases)
    {
        this.databases = databases;
        Sources = SourcesIn(zone: null);
    }

    public override TimeProvider Time => TimeProvider.System;

    public override ShopSources Sources { get; }

    /// <summary>The same databases as an address with a zone gives them.</summary>
    public ShopSources SourcesIn(string? zone) =>
        new(
            databases.ToDictionary(
                entry => entry.Key,
                Source (entry) => new MySqlSource(entry.Key, entry.Value.ConnectionString, $"mysql://127.0.0.1/{entry.Key}") { Zone = zone }
            )
        );

    public static async Task<MariaDbShop> CreateAsync(int scale = 1, int seed = 42, double dirty = 0, MariaDbServer? on = null)
    {
        var server = on ?? await Servers.RequireMariaDbAsync();
        var four = new Dictionary<string, TestDatabase>();
        foreach (var name in ShopTable.Databases)
        {
            four[name] = await server.CreateDatabaseAsync();
        }

        var shop = new MariaDbShop(four);
        var target = new MySqlShopTarget(four.ToDictionary(entry => entry.Key, entry => entry.Value.ConnectionString));
        await new ShopGenerator(
            new ShopOptions
            {
                Scale = scale,
                Seed = seed,
                DirtyShare = dirty,
                Until = Until,
            },
            TimeProvider.System
        ).GenerateAsync(target, force: false, Token);
        return shop;
    }

    public string NameOf(string database) => databases[database].Name;

    /// <summary>A session that neither foreign keys nor strict values hold back.</summary>
    public override async Task<DbConnection> OpenAsync(string database)
    {
        var connection = new MySqlConnection(databases[database].ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new MySqlCommand("SET SESSION foreign_key_checks = 0, sql_mode = '', time_zone = '+00:00'", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
