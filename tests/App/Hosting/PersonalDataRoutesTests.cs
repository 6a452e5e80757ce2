using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Storage;

namespace Tradepost.App.Tests.Hosting;

/// <summary>What customers are called, and how they are reached, is for administrators.</summary>
public sealed class PersonalDataRoutesTests
{
    private const string Mark = "Zaskrzypiała";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Viewer", false)]
    [InlineData("Analyst", false)]
    [InlineData("Admin", true)]
    public async Task No_route_shows_a_customer_to_those_who_need_not_know(string role, bool isShown)
    {
        await using var world = await ApiWorld.StartAsync();
        await LoadAsync(world);
        var token = (await world.SignInAsync(Enum.Parse<Role>(role))).AccessToken;

        var shown = new List<string>();
        foreach (
            var (_, endpoint) in world.Routes.Where(route => route.Method == "GET" && !route.Endpoint.RoutePattern.RawText!.Contains('{'))
        )
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var (response, _) = await world.GetAsync(path, token);
            if ((await response.Content.ReadAsStringAsync(Cancellation)).Contains(Mark, StringComparison.OrdinalIgnoreCase))
            {
                shown.Add(path);
            }
        }

        shown.ShouldBe(isShown ? ["/api/v1/retail/sales", "/api/v1/retail/rejects"] : [], ignoreOrder: true);
    }

    [Fact]
    public async Task Rows_about_people_are_mended_by_administrators_only()
    {
        await using var world = await ApiWorld.StartAsync();
        await LoadAsync(world);
        var body = new
        {
            table = "customers",
            key = "7",
            row = "{\"id\": 7}",
        };

        var (refused, why) = await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/retail/rejects",
            (await world.SignInAsync(Role.Analyst)).AccessToken,
            body
        );
        var (allowed, _) = await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/retail/rejects",
            (await world.SignInAsync(Role.Admin)).AccessToken,
            body
        );

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        why.GetProperty("error").GetString().ShouldBe("The rows of customers are about people; only an administrator sees and mends them.");
        allowed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task LoadAsync(ApiWorld world)
    {
        foreach (var (name, options) in new[] { ("retail.generate", "--scale"), ("retail.etl", "--days") })
        {
            var job = Domains.Jobs.Single(job => job.Name == name);
            var arguments = ArgumentReader
                .Of(job.Arguments)
                .FromText([KeyValuePair.Create<string, IReadOnlyList<string>>(options, [name == "retail.etl" ? "1000" : "1"])]);
            await world.Jobs.Runs.RunHereAsync(
                job,
                arguments,
                new Asker("tests", AskedHow.Cli),
                NullLogger.Instance,
                new Progress<JobProgress>(),
                Cancellation
            );
        }

        await using var connection = await world.Store.OpenAsync(Cancellation);
        foreach (var table in new[] { "dim_customer", "stg_customers" })
        {
            await connection.ExecuteAsync(
                $"UPDATE {table} SET name = '{Mark} ' || name, email = '{Mark}@example.com', phone = '+38 {Mark}'",
                null,
                Cancellation
            );
        }

        await connection.ExecuteAsync(
            $$"""
            UPDATE history_customer SET email = '{{Mark}}@example.com';
            UPDATE stg_users SET email = '{{Mark}}@example.com';
            INSERT INTO etl_rejects (run_id, source_table, natural_key, rule, problem, "row", row_hash, rejected_at)
            VALUES ('r', 'customers', '7', 'customers.name.encoding', 'name is {{Mark}}', CAST('{"name": "{{Mark}}"}' AS json), 1, TIMESTAMP '2026-01-01')
            """,
            null,
            Cancellation
        );
    }
}
