using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Data;

public sealed class DatabaseCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task An_embedded_store_is_set_up_once()
    {
        var first = await Tradepost.RunJsonAsync("db", "setup");
        var second = await Tradepost.RunJsonAsync("db", "setup");

        first.GetProperty("created").GetBoolean().ShouldBeTrue();
        first.GetProperty("applied").GetArrayLength().ShouldBeGreaterThan(0);
        second.GetProperty("created").GetBoolean().ShouldBeFalse();
        second.GetProperty("applied").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_PostgreSQL_database_is_created_and_migrated()
    {
        var server = await Servers.RequirePostgresAsync();
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = server.Url($"created_{Environment.ProcessId}");
        (await tradepost.RunAsync("db", "status")).Errors.ShouldContain("`tradepost db setup` creates it");

        var setup = await tradepost.RunJsonAsync("db", "setup");
        var status = await tradepost.RunJsonAsync("db", "status");

        setup.GetProperty("created").GetBoolean().ShouldBeTrue();
        status.GetProperty("migrations").EnumerateArray().ShouldAllBe(migration => migration.GetProperty("state").GetString() == "applied");
        setup.GetRawText().ShouldNotContain(PostgresServer.Password);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_address_and_without_the_password()
    {
        var server = await Servers.RequirePostgresAsync();
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] =
            $"postgresql://{PostgresServer.User}:s3cr3t-w0rd@127.0.0.1:{server.Port}/postgres?sslmode=disable";

        var result = await tradepost.RunAsync("db", "status");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe(
            $"postgresql://app:***@127.0.0.1:{server.Port}/postgres refuses the user or the password; check DATABASE_URL, or DB_USER and DB_PASSWORD.\n"
        );
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_applied_and_applies_nothing()
    {
        var planned = await Tradepost.RunJsonAsync("db", "migrate", "--dry-run");
        var applied = await Tradepost.RunJsonAsync("db", "migrate");

        applied.GetProperty("applied").GetRawText().ShouldBe(planned.GetProperty("pending").GetRawText());
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_warehouse_survives_backup_and_restore(string kind)
    {
        var (source, target) = (await WithStoreAsync(kind, "a"), await WithStoreAsync(kind, "b"));
        await Tradepost.RunJsonAsync("retail", "generate");
        await source.RunJsonAsync("retail", "etl", "--mode", "full");

        var backup = await source.RunJsonAsync("db", "backup", "shop.backup");
        var restored = await target.RunJsonAsync("db", "restore", "shop.backup");

        restored.GetProperty("tables").GetRawText().ShouldBe(backup.GetProperty("tables").GetRawText());
        (await target.RunJsonAsync("retail", "kpi")).GetRawText().ShouldBe((await source.RunJsonAsync("retail", "kpi")).GetRawText());
        (await target.RunJsonAsync("retail", "etl")).GetProperty("differing").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_damaged_backup_is_one_sentence()
    {
        folder.Write("broken", "PK not really");

        var result = await Tradepost.RunAsync("db", "restore", "broken");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldEndWith("broken is not a backup of Tradepost, or is damaged: it is cut off or altered.\n");
        result.Errors.Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_query_gives_columns_and_rows()
    {
        await Tradepost.RunJsonAsync("db", "setup");

        var result = await Tradepost.RunJsonAsync(
            "db",
            "query",
            "SELECT 1 AS one, CAST(2.50 AS decimal(9,2)) AS exact, NULL AS nothing, DATE '2026-01-31' AS day"
        );

        result.GetProperty("columns").GetRawText().ShouldBe("""["one","exact","nothing","day"]""");
        result.GetProperty("rows").GetRawText().ShouldBe("""[[1,"2.50",null,"2026-01-31"]]""");
    }

    [Fact]
    public async Task A_query_that_changes_something_is_refused()
    {
        await Tradepost.RunJsonAsync("db", "setup");

        var result = await Tradepost.RunAsync("db", "query", "DROP TABLE fact_sales");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldBe(
            "A query begins with SELECT, WITH, FROM, VALUES, TABLE, DESCRIBE, SUMMARIZE or EXPLAIN, not with DROP: nothing can be changed this way.\n"
        );
    }

    public void Dispose()
    {
        folder.Dispose();
    }

    private async Task<TradepostProcess> WithStoreAsync(string kind, string name)
    {
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] =
            kind == "duckdb"
                ? $"duckdb://{folder.Combine(name + ".duckdb")}"
                : (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        return tradepost;
    }
}
