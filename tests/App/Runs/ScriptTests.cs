using System.Net;
using System.Text.Json;
using Tradepost.App.Tests.Hosting;
using Tradepost.Serving.Callers;
using Tradepost.Storage;

namespace Tradepost.App.Tests.Runs;

/// <summary>Training and prediction under the names of the forecasting API, called as its readme does.</summary>
public sealed class ScriptTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_four_calls_of_the_forecasting_API_answer_as_its_readme_says()
    {
        await using var world = await StartAsync(days: 120);
        var training = await PostAsync(
            world,
            "/ml/trainer/run",
            """
            {"mode": "single", "timeout": 3600, "arguments": {"symbols": "SIMCOIN1", "horizons": "6", "models": "LinearRegression",
            "train_days": 60, "test_days": 30}}
            """
        );
        (await EndAsync(world, training)).ShouldBe("succeeded");

        var predicting = await PostAsync(world, "/ml/scripts/run", """{"script": "predictor.py"}""");
        (await EndAsync(world, predicting)).ShouldBe("succeeded");
        var status = await world.GetAsync("/ml/scripts/status/predictor.py");
        var predictions = await world.GetAsync("/predictions/latest?model_name=LinearRegression&horizon=6&limit=10");
        var metrics = await world.GetAsync("/metrics/latest?model_name=LinearRegression_log_return_6h");

        status.GetProperty("script").GetString().ShouldBe("predictor");
        status.GetProperty("run").GetProperty("id").GetString().ShouldBe(predicting);
        status.GetProperty("run").GetProperty("state").GetString().ShouldBe("succeeded");
        var prediction = predictions.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        prediction.GetProperty("model").GetString().ShouldBe("LinearRegression_log_return_6h");
        prediction.GetProperty("symbol").GetString().ShouldBe("SIMCOIN1");
        prediction.GetProperty("horizon").GetInt32().ShouldBe(6);
        prediction.GetProperty("lower").GetDouble().ShouldBeLessThan(prediction.GetProperty("value").GetDouble());
        var judged = metrics.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        judged.GetProperty("model").GetString().ShouldBe("LinearRegression_log_return_6h");
        judged.GetProperty("figures").GetProperty("n").GetInt32().ShouldBeGreaterThan(600);
        judged.GetProperty("live").GetProperty("predictions").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_second_training_is_refused_with_the_run_of_the_first_which_can_be_cancelled_and_publishes_nothing()
    {
        await using var world = await StartAsync(days: 1500);
        var first = await PostAsync(world, "/ml/trainer/run", """{"mode": "batch", "timeout": 3600}""");

        var (refused, body) = await SendAsync(world, "/ml/trainer/run", """{"mode": "batch", "timeout": 3600}""");
        var (cancelled, _) = await SendAsync(world, "/ml/scripts/multi_model_trainer.py/cancel", "{}");
        var state = await EndAsync(world, first);

        refused.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("details").GetProperty("run_id").GetString().ShouldBe(first);
        cancelled.ShouldBe(HttpStatusCode.Accepted);
        state.ShouldBe("cancelled");
        (await CountAsync(world, "return_folds")).ShouldBe(0);
        (await SendAsync(world, "/ml/scripts/multi_model_trainer/cancel", "{}")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_timeout_ends_a_script_and_nothing_of_it_is_published()
    {
        await using var world = await StartAsync(days: 1500);

        var run = await PostAsync(world, "/ml/trainer/run", """{"mode": "batch", "timeout": 1}""");

        (await EndAsync(world, run)).ShouldBe("timed_out");
        (await CountAsync(world, "return_folds")).ShouldBe(0);
    }

    private static async Task<ScriptWorld> StartAsync(int days)
    {
        var api = await ApiWorld.StartAsync(runsJobs: true);
        var world = new ScriptWorld(api, (await api.SignInAsync(Role.Admin)).AccessToken);
        var simulated = await PostAsync(world, "/api/v1/jobs/trading.simulate/runs", $$$"""{"arguments": {"days": {{{days}}}}}""");
        (await EndAsync(world, simulated)).ShouldBe("succeeded");
        var collected = await PostAsync(world, "/ml/data-collector/run", """{"mode": "full", "timeout": 600}""");
        (await EndAsync(world, collected)).ShouldBe("succeeded");
        return world;
    }

    private static async Task<string> PostAsync(ScriptWorld world, string path, string body)
    {
        var (status, run) = await SendAsync(world, path, body);
        status.ShouldBe(HttpStatusCode.Accepted, run.ToString());
        return run.GetProperty("id").GetString()!;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(ScriptWorld world, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var (response, answer) = await world.Api.SendAsync(HttpMethod.Post, path, world.Token, content);
        return (response.StatusCode, answer);
    }

    /// <summary>Waits for the end of a run; gives its state.</summary>
    private static async Task<string> EndAsync(ScriptWorld world, string run)
    {
        while (true)
        {
            var state = (await world.GetAsync($"/api/v1/runs/{run}")).GetProperty("state").GetString()!;
            if (state is not ("queued" or "running"))
            {
                return state;
            }

            await Task.Delay(Pause, Cancellation);
        }
    }

    private static async Task<long> CountAsync(ScriptWorld world, string table)
    {
        await using var connection = await world.Api.Store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {table}", null, Cancellation);
    }

    private sealed record ScriptWorld(ApiWorld Api, string Token) : IAsyncDisposable
    {
        public async Task<JsonElement> GetAsync(string path) => (await Api.GetAsync(path, Token)).Body;

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
