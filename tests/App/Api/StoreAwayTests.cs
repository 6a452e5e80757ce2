using System.Net;
using System.Text;
using Tradepost.App.Users;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Api;

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

    private static async Task<Guid> StartAsync(ApiWorld world, string token)
    {
        var (_, body) = await world.SendAsync(HttpMethod.Post, "/api/v1/jobs/retail.generate/runs", token, new StringContent("""{"arguments": {"force": true}}""", Encoding.UTF8, "application/json"));
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
