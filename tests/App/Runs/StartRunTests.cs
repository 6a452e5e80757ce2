using System.Net;
using System.Text.Json;
using Tradepost.App.Tests.Hosting;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Tests.Runs;

public sealed class StartRunTests
{
    private const string Etl = "/api/v1/jobs/retail.etl/runs";

    [Fact]
    public async Task A_job_that_is_active_is_not_started_again_and_its_run_is_named()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;
        var (started, run) = await world.SendAsync(HttpMethod.Post, Etl, token, new { arguments = new { mode = "full" } });

        var (refused, body) = await world.SendAsync(HttpMethod.Post, Etl, token, new { arguments = new { mode = "full" } });

        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("details").GetProperty("run_id").GetString().ShouldBe(run.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_wrong_argument_and_an_unknown_job_are_told_with_what_is_allowed()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;

        var (wrong, argument) = await world.SendAsync(HttpMethod.Post, Etl, token, new { arguments = new { mode = "half" } });
        var (unknown, job) = await world.SendAsync(HttpMethod.Post, "/api/v1/jobs/retail.nothing/runs", token, new { });

        (wrong.StatusCode, unknown.StatusCode).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound));
        argument.GetProperty("details").GetProperty("field").GetString().ShouldBe("mode");
        Allowed(argument).ShouldBe(["full", "incremental"]);
        Allowed(job).ShouldContain("retail.etl");
    }

    private static IEnumerable<string?> Allowed(JsonElement body) =>
        body.GetProperty("details").GetProperty("allowed").EnumerateArray().Select(value => value.GetString());
}
