using System.Data.Common;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Health;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

public sealed class StoreAwayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task While_PostgreSQL_is_away_requests_get_503_and_are_served_again_when_it_is_back()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        await using var world = await ApiWorld.StartAsync((await server.CreateDatabaseAsync()).Url, runsJobs: true);
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;
        var before = await StartAsync(world, token);

        await server.StopAsync();
        var away = await UntilAsync(world, "/api/v1/runs", token, HttpStatusCode.ServiceUnavailable);
        var ready = await UntilAsync(world, "/health/ready", token, HttpStatusCode.ServiceUnavailable);
        var (live, _) = await world.GetAsync("/health/live");
        var (me, _) = await world.GetAsync("/api/v1/auth/me", token);
        await server.StartAgainAsync();
        await UntilAsync(world, "/api/v1/runs", token, HttpStatusCode.OK);
        var (run, body) = await world.GetAsync($"/api/v1/runs/{before}", token);

        away.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 10);
        ready.Headers.RetryAfter.ShouldNotBeNull();
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        me.StatusCode.ShouldBe(HttpStatusCode.OK);
        run.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("job").GetString().ShouldBe("retail.generate");
        (await StartAsync(world, token)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_store_whose_connections_are_all_in_use_is_not_away()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        await using var world = await ApiWorld.StartAsync(
            database.Url,
            more: new Dictionary<string, string> { [SettingNames.DatabasePoolSize] = "3" }
        );
        var held = new List<DbConnection>();
        for (var i = 0; i < 3; i++)
        {
            held.Add(await world.Store.OpenAsync(TestContext.Current.CancellationToken));
        }

        var health = world.Services.GetRequiredService<StoreHealth>();
        health.Suspect();
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken); // longer than it waits for an answer
        var isReachable = health.IsReachable;
        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        isReachable.ShouldBeTrue();
    }

    private static async Task<Guid> StartAsync(ApiWorld world, string token)
    {
        var (_, body) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/jobs/retail.generate/runs",
            token,
            new StringContent("""{"arguments": {"force": true}}""", Encoding.UTF8, "application/json")
        );
        var id = body.GetProperty("id").GetGuid();
        await world.Jobs.Runs.WaitAsync(id, TestContext.Current.CancellationToken);
        return id;
    }

    // Whatever comes meanwhile is an answer: what was asked for, or 503.
    private static async Task<HttpResponseMessage> UntilAsync(ApiWorld world, string path, string token, HttpStatusCode status)
    {
        using var end = new CancellationTokenSource(Patience);
        while (true)
        {
            var (response, _) = await world.GetAsync(path, token);
            if (response.StatusCode == status)
            {
                return response;
            }

            response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            await Task.Delay(100, end.Token);
        }
    }
}
