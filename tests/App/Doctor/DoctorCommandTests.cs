using System.Text.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task A_new_machine_has_warnings_and_no_problem()
    {
        var result = await Tradepost.RunJsonAsync("doctor");

        result.GetProperty("status").GetString().ShouldBe("warning");
        Statuses(result, "DuckDB").ShouldBe(["ok"]);
        Statuses(result, "store").ShouldBe(["warning"]);
        Statuses(result, "source orders").ShouldBe(["warning"]);
    }

    [Fact]
    public async Task Everything_is_ok_once_there_is_a_shop_and_a_store()
    {
        await Tradepost.RunJsonAsync("retail", "generate");
        await Tradepost.RunJsonAsync("db", "setup");

        (await Tradepost.RunJsonAsync("doctor")).GetProperty("status").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task A_PostgreSQL_store_and_a_MariaDB_source_are_looked_at()
    {
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        tradepost.Environment["ORDERS_DB_URL"] = (await (await Servers.RequireMariaDbAsync()).CreateDatabaseAsync()).Url;

        var result = await tradepost.RunAsync("doctor", "--json");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldNotContain(":secret@");
        Statuses(result.Json(), "store").ShouldBe(["ok"]);
        Statuses(result.Json(), "tables").ShouldBe(["warning"]);
        Statuses(result.Json(), "source orders").ShouldBe(["problem"]);
        result.Output.ShouldContain("lacks regions, employees, customers, orders, order_items");
    }

    [Fact]
    public async Task A_login_that_may_only_read_is_a_problem()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = database.Url;
        await tradepost.RunJsonAsync("db", "setup");
        var reader = $"reader_{Guid.NewGuid():N}";
        await server.ExecuteAsync(
            database.Name,
            $"CREATE ROLE {reader} LOGIN PASSWORD 'secret'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}"
        );
        tradepost.Environment["DATABASE_URL"] = database.Url.Replace("//app:", $"//{reader}:");

        var result = await tradepost.RunAsync("doctor", "--json");

        await server.ExecuteAsync(database.Name, $"DROP OWNED BY {reader}; DROP ROLE {reader}");
        Statuses(result.Json(), "rights").ShouldBe(["problem"]);
        result.Output.ShouldMatch($"the login {reader} may create no tables and may not write to [1-9][0-9]* of the [1-9][0-9]* tables");
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_is_a_problem_that_says_where_it_stands()
    {
        folder.Write(".env", "CATALOG_DB_URL=mysql//shop:s3cr3t-w0rd@host\nDB_PASSWORD=s3cr3t-w0rd\n");

        var result = await Tradepost.RunAsync("doctor");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("CATALOG_DB_URL: \"mysql//shop:***@host\" cannot be used");
        result.Output.ShouldContain(".env");
        (result.Output + result.Errors).ShouldNotContain("s3cr3t");
    }

    [Fact]
    public async Task A_pooler_without_a_direct_address_is_a_problem_and_an_unverified_server_a_warning()
    {
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = "postgresql://u:p@ep-x-pooler.invalid/d?sslmode=require&connect_timeout=1";

        var result = (await tradepost.RunAsync("doctor", "--json")).Json();

        Statuses(result, "pooler").ShouldBe(["problem"]);
        Statuses(result, "encryption").ShouldBe(["warning"]);
        Statuses(result, "store").ShouldBe(["problem"]);
    }

    public void Dispose() => folder.Dispose();

    private static List<string?> Statuses(JsonElement result, string name) =>
        [
            .. result
                .GetProperty("checks")
                .EnumerateArray()
                .Where(check => check.GetProperty("name").GetString() == name)
                .Select(check => check.GetProperty("status").GetString()),
        ];
}
