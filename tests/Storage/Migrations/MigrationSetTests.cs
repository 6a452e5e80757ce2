using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Tests.Migrations;

public sealed class MigrationSetTests
{
    [Theory]
    [InlineData("orders.sql", "is not named like 001_create_orders.sql")]
    [InlineData("1_orders.sql", "is not named like 001_create_orders.sql")]
    [InlineData("001_orders.oracle.sql", "is for a store called oracle; there are duckdb and postgres")]
    public void A_badly_named_file_is_refused(string name, string expected)
    {
        Should.Throw<MigrationException>(() => Set((name, "SELECT 1"))).Message.ShouldContain(expected);
    }

    [Fact]
    public void One_number_stands_for_one_migration()
    {
        Should
            .Throw<MigrationException>(() => Set(("001_a.sql", ""), ("001_b.sql", "")))
            .Message.ShouldContain("number 1 is used by a and by b");
    }

    [Theory]
    [InlineData("001_a.sql")]
    [InlineData("001_a.duckdb.sql")]
    public void Only_PostgreSQL_can_do_without_a_transaction(string name)
    {
        Should.Throw<MigrationException>(() => Set((name, "-- no-transaction\nSELECT 1"))).Message.ShouldContain(".postgres.sql");
    }

    [Fact]
    public void A_number_without_a_file_for_a_store_is_left_out_there()
    {
        var set = Set(("001_a.sql", ""), ("002_b.postgres.sql", ""));

        set.For(new PostgresDialect()).Count.ShouldBe(2);
        set.For(new DuckDbDialect()).Count.ShouldBe(1);
    }

    private static MigrationSet Set(params (string Name, string Sql)[] files) =>
        new("retail", files.Select(file => KeyValuePair.Create(file.Name, file.Sql)));
}
