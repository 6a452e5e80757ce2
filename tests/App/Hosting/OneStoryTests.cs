using System.Text.Json;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Tests.Hosting;

/// <summary>A run, the load that it published and the days that it did are told alike, whoever asks where.</summary>
public sealed class OneStoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_is_what_its_run_says_and_the_days_it_read_are_done()
    {
        await using var world = await ApiWorld.StartAsync(runsJobs: true);
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        await RunAsync(world, "retail.generate", "{}");
        var run = await RunAsync(world, "retail.etl", """{"mode": "full"}""");

        var told = (await world.GetAsync($"/api/v1/runs/{run}", admin)).Body;
        var load = (await world.GetAsync("/api/v1/retail/loads?limit=1", admin)).Body.GetProperty("items")[0];
        var today = DateOnly.FromDateTime(told.GetProperty("started_at").GetDateTime());
        var days = (
            await world.GetAsync($"/api/v1/jobs/retail.etl/backfill?from={today.AddDays(-9):yyyy-MM-dd}&to={today:yyyy-MM-dd}", admin)
        ).Body;

        load.GetProperty("run_id").GetString().ShouldBe(run.ToString());
        load.GetProperty("status").GetString().ShouldBe(told.GetProperty("state").GetString());
        foreach (var field in told.GetProperty("result").EnumerateObject().Where(field => field.Name is not ("seconds" or "steps")))
        {
            JsonElement.DeepEquals(load.GetProperty("result").GetProperty(field.Name), field.Value).ShouldBeTrue(field.Name);
        }

        load.GetProperty("started_at").GetDateTime().ShouldBeGreaterThanOrEqualTo(told.GetProperty("started_at").GetDateTime());
        load.GetProperty("finished_at").GetDateTime().ShouldBeLessThanOrEqualTo(told.GetProperty("finished_at").GetDateTime());
        days.GetProperty("items")
            .EnumerateArray()
            .Select(day => (day.GetProperty("state").GetString(), day.GetProperty("run_id").GetString()))
            .ShouldBe([.. Enumerable.Repeat(("done", run.ToString()), 9), ("missing", null)]);
    }

    private static async Task<Guid> RunAsync(ApiWorld world, string job, string arguments)
    {
        var run = await world.Jobs.Runs.StartAsync(
            job,
            JsonElement.Parse(arguments),
            new Asker("test", AskedHow.Api) { Role = AskerRole.Operator },
            idempotencyKey: null,
            Cancellation
        );
        return (await world.Jobs.Runs.WaitAsync(run.Id, Cancellation)).Id;
    }
}
