using System.Net;
using Tradepost.App.Tests.Hosting;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Tests.Runs;

/// <summary>Arguments that are paths: from another machine they reach no file outside the data folder.</summary>
public sealed class PathArgumentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/not/there")]
    [InlineData("../x.yaml")]
    public async Task A_path_outside_the_data_folder_is_refused_by_every_way_in(string path)
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;
        var arguments = new { mapping = path };
        var backfill = new
        {
            job = "retail.etl",
            from = "2026-01-01",
            to = "2026-01-02",
            arguments = $$"""{"mapping": "{{path}}"}""",
        };
        var cli = await world.Jobs.Runs.StartAsync(
            world.Jobs.Catalogue.Get("retail.etl"),
            new Retail.Etl.EtlOptions { Mapping = path },
            new Asker("anna", AskedHow.Cli),
            null,
            Cancellation
        );
        await world.Jobs.Runs.CancelAsync(cli.Id, "anna", Cancellation);

        await RefusedAsync(world, token, path, HttpMethod.Post, "/api/v1/jobs/retail.etl/runs", new { arguments });
        await RefusedAsync(
            world,
            token,
            path,
            HttpMethod.Post,
            "/api/v1/jobs/retail.etl/backfill",
            new
            {
                from = "2026-01-01",
                to = "2026-01-02",
                arguments,
            }
        );
        await RefusedAsync(world, token, path, HttpMethod.Post, "/api/v1/jobs/jobs.backfill/runs", new { arguments = backfill });
        await RefusedAsync(
            world,
            token,
            path,
            HttpMethod.Put,
            "/api/v1/schedules/mine",
            new
            {
                job = "retail.etl",
                cron = "0 1 * * *",
                arguments,
            }
        );
        await RefusedAsync(
            world,
            token,
            path,
            HttpMethod.Put,
            "/api/v1/schedules/mine",
            new
            {
                job = "jobs.backfill",
                cron = "0 1 * * *",
                arguments = backfill,
            }
        );
        // Whoever is at the machine means a path from the folder they are in; the run has it in full.
        await RefusedAsync(world, token, Path.GetFullPath(path), HttpMethod.Post, $"/api/v1/runs/{cli.Id}/retry", body: null);
    }

    [Fact]
    public async Task A_path_inside_the_data_folder_is_kept_in_full()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;

        var (response, body) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/jobs/retail.etl/runs",
            token,
            new { arguments = new { mapping = "maps/shop.yaml" } }
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = await world.Jobs.Runs.GetAsync(body.GetProperty("id").GetGuid(), Cancellation);
        run.Arguments["mapping"]!.GetValue<string>().ShouldEndWith("/maps/shop.yaml");
        Path.IsPathRooted(run.Arguments["mapping"]!.GetValue<string>()).ShouldBeTrue();
    }

    private static async Task RefusedAsync(ApiWorld world, string token, string given, HttpMethod method, string path, object? body)
    {
        var (response, answer) = await world.SendAsync(method, path, token, body);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{method} {path}");
        answer
            .GetProperty("error")
            .GetString()
            .ShouldBe($"mapping is \"{given}\"; allowed are paths inside the data folder of the server, absolute or relative to it.");
        answer.GetProperty("details").GetProperty("field").GetString().ShouldBe("mapping");
    }
}
