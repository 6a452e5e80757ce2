using MySqlConnector;
using Tradepost.Retail.Sources;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>Shops whose DATETIME columns hold local time, across changes to and from summer time.</summary>
public sealed class ZonesTests(ZonesTests.ZonedServer zoned) : IClassFixture<ZonesTests.ZonedServer>
{
    // Kyiv's changes of the years that the shop has orders of, as mysql_tzinfo_to_sql would load them; distributions bring them apart.
    private const string Kyiv = """
        INSERT INTO time_zone (Time_zone_id, Use_leap_seconds) VALUES (1, 'N');
        INSERT INTO time_zone_name (Name, Time_zone_id) VALUES ('Europe/Kyiv', 1);
        INSERT INTO time_zone_transition_type (Time_zone_id, Transition_type_id, `Offset`, Is_DST, Abbreviation)
        VALUES (1, 0, 7200, 0, 'EET'), (1, 1, 10800, 1, 'EEST');
        INSERT INTO time_zone_transition (Time_zone_id, Transition_time, Transition_type_id) VALUES
        (1, 1648342800, 1), (1, 1667091600, 0), (1, 1679792400, 1), (1, 1698541200, 0),
        (1, 1711846800, 1), (1, 1729990800, 0), (1, 1743296400, 1), (1, 1761440400, 0)
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-03-30 02:59:59.999999", "2025-03-30 00:59:59.999999")] // the last moment of winter time
    [InlineData("2025-03-30 04:00:00.000000", "2025-03-30 01:00:00.000000")] // the first of summer time
    [InlineData("2025-03-30 03:30:00.000000", "2025-03-30 01:00:00.000000")] // does not exist: the moment of the change
    [InlineData("2025-10-26 02:59:59.999999", "2025-10-25 23:59:59.999999")] // the last before the hour that comes twice
    [InlineData("2025-10-26 04:00:00.000000", "2025-10-26 02:00:00.000000")] // the first after it
    [InlineData("2024-12-31 23:59:59.999999", "2024-12-31 21:59:59.999999")]
    [InlineData("2024-02-29 01:00:00.000000", "2024-02-28 23:00:00.000000")]
    public async Task A_local_time_becomes_its_moment(string local, string utc)
    {
        var database = await zoned.Server.CreateDatabaseAsync();
        await zoned.Server.ExecuteAsync(
            database.Name,
            $"CREATE TABLE regions (id int PRIMARY KEY, name varchar(100), at datetime(6)); INSERT INTO regions VALUES (1, 'x', '{local}')"
        );
        var source = new MySqlSource("orders", database.ConnectionString, "mysql://orders") { Zone = "Europe/Kyiv" };
        await using var snapshot = await source.OpenSnapshotAsync(Token);
        var column = (await snapshot.ColumnsOfAsync("SELECT at FROM regions", Token))[0];

        var converted = source.Dialect.InUtc("at", column);
        await using var connection = new MySqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new MySqlCommand($"SELECT CAST({converted} AS char) FROM regions", connection);

        (await command.ExecuteScalarAsync(Token)).ShouldBe(utc);
    }

    [Theory]
    [InlineData("Europe/Kyiv", StoreKind.DuckDb)]
    [InlineData("Europe/Kyiv", StoreKind.Postgres)]
    [InlineData("-03:30", StoreKind.DuckDb)]
    public async Task A_shop_in_local_time_gives_the_warehouse_of_the_same_shop_in_UTC(string zone, StoreKind kind)
    {
        await using var shop = await MariaDbShop.CreateAsync(on: zoned.Server);
        await using var expected = await Warehouse.CreateAsync(kind, shop);
        await expected.FullAsync();
        await ShiftAsync(shop, zone);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var sources = shop.SourcesIn(zone);

        var full = await warehouse.LoadAsync(Warehouse.Full, sources);
        var again = await warehouse.LoadAsync(Warehouse.Incremental, sources);

        (full.Differing, again.Differing, again.Tables["fact_sales"].Changed).ShouldBe((0, 0, 0));
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(await expected.SnapshotAsync(), zone);
    }

    [Fact]
    public async Task A_zone_that_the_server_does_not_know_is_said_before_anything_is_read()
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);

        var refused = await Should.ThrowAsync<SourceSchemaException>(() =>
            warehouse.LoadAsync(Warehouse.Full, shop.SourcesIn("Europe/Nowhere"))
        );

        refused.Message.ShouldContain(
            "does not know the time zone Europe/Nowhere; load its zones (mysql_tzinfo_to_sql), or give an offset"
        );
    }

    /// <summary>Writes the local times of all moments.</summary>
    private static async Task ShiftAsync(MariaDbShop shop, string zone)
    {
        foreach (var database in Shop.SnapshotOrder)
        {
            foreach (
                var (table, columns) in (
                    await shop.QueryAsync<string>(
                        database,
                        "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = DATABASE() AND data_type = 'datetime' ORDER BY 1"
                    )
                )
                    .Select(name => name.Split('.'))
                    .GroupBy(name => name[0], (name, all) => (name, all.Select(parts => parts[1]).ToList()))
            )
            {
                await shop.ExecuteAsync(
                    database,
                    $"UPDATE {table} SET {string.Join(", ", columns.Select(column => $"{column} = CONVERT_TZ({column}, '+00:00', '{zone}')"))}"
                );
            }
        }
    }

    /// <summary>A MariaDB that knows the zone.</summary>
    public sealed class ZonedServer : IAsyncLifetime
    {
        private MariaDbServer? server;

        public MariaDbServer Server => server ?? throw new InvalidOperationException("The fixture was not begun.");

        public async ValueTask InitializeAsync()
        {
            server = await Servers.RequireAsync(MariaDbServer.StartDedicatedAsync);
            await server.ExecuteAsync("mysql", Kyiv);
        }

        public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
