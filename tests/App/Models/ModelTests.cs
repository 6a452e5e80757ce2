using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Tests.Hosting;
using Tradepost.App.Users.Auditing;
using Tradepost.Serving.Callers;
using Tradepost.Tests.Support;
using Tradepost.Training.Registry;

namespace Tradepost.App.Tests.Models;

/// <summary>Who asks for models, and who decides about them.</summary>
public sealed class ModelTests
{
    private const string Name = "Prophet_daily_revenue";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_viewer_sees_versions_with_their_figures_beside_those_of_production(string kind)
    {
        await using var world = await StartAsync(kind, 0.8, 0.7);
        var (analyst, viewer) = ((await world.SignInAsync(Role.Analyst)).AccessToken, (await world.SignInAsync(Role.Viewer)).AccessToken);
        await PromoteAsync(world, analyst, 1);

        var model = (await world.GetAsync("/api/v1/models", viewer)).Body.GetProperty("items")[0];
        var versions = (await world.GetAsync($"/api/v1/models/{Name}/versions", viewer)).Body.GetProperty("items");

        (
            model.GetProperty("name").GetString(),
            model.GetProperty("versions").GetInt32(),
            model.GetProperty("production").GetInt32()
        ).ShouldBe((Name, 2, 1));
        versions
            .EnumerateArray()
            .Select(version => (version.GetProperty("version").GetInt32(), version.GetProperty("stage").GetString()))
            .ShouldBe([(2, "staging"), (1, "production")]);
        var metric = versions[0].GetProperty("metrics")[0];
        (
            metric.GetProperty("name").GetString(),
            metric.GetProperty("value").GetDouble(),
            metric.GetProperty("production").GetDouble(),
            metric.GetProperty("verdict").GetString(),
            metric.GetProperty("decides").GetBoolean()
        ).ShouldBe(("mase", 0.7, 0.8, "better", true));
        versions[1].GetProperty("metrics")[0].GetProperty("verdict").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task A_promotion_is_in_the_history_and_in_the_audit_log_with_who_did_it()
    {
        await using var world = await StartAsync("duckdb", 0.8);
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;

        var (response, promotion) = await PromoteAsync(world, token, 1, """{"reason": "it is good"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        promotion.GetProperty("decided_by").GetString().ShouldBe("analyst@example.com");
        var row = (await world.GetAsync($"/api/v1/models/{Name}/history", token)).Body.GetProperty("items")[0];
        (row.GetProperty("version").GetInt32(), row.GetProperty("reason").GetString(), row.GetProperty("is_forced").GetBoolean()).ShouldBe(
            (1, "it is good", false)
        );
        var audited = (await world.Services.GetRequiredService<AuditLog>().ListAsync(DateTime.MaxValue.Date, 1, Cancellation))[0];
        (audited.Actor, audited.Action, audited.Subject).ShouldBe(("analyst@example.com", "model.promoted", $"{Name} 1"));
    }

    [Fact]
    public async Task A_worse_version_is_refused_with_both_figures_and_forced_only_on_purpose()
    {
        await using var world = await StartAsync("duckdb", 0.7, 0.8);
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;
        await PromoteAsync(world, token, 1);

        var (refused, error) = await PromoteAsync(world, token, 2);
        var (forced, _) = await PromoteAsync(world, token, 2, """{"force": true}""");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        error.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("is worse than version 1");
        var details = error.GetProperty("details");
        (
            details.GetProperty("metric").GetString(),
            details.GetProperty("value").GetDouble(),
            details.GetProperty("production").GetDouble()
        ).ShouldBe(("mase", 0.8, 0.7));
        forced.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Services.GetRequiredService<AuditLog>().ListAsync(DateTime.MaxValue.Date, 1, Cancellation))[0]
            .Action.ShouldBe("model.forced");
    }

    [Fact]
    public async Task A_roll_back_brings_the_version_before_back()
    {
        await using var world = await StartAsync("duckdb", 0.8, 0.7);
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;
        await PromoteAsync(world, token, 1);
        await PromoteAsync(world, token, 2);

        var (first, promotion) = await world.SendAsync(
            HttpMethod.Post,
            $"/api/v1/models/{Name}/rollback",
            token,
            new { reason = "it was better" }
        );
        var (second, error) = await world.SendAsync(HttpMethod.Post, $"/api/v1/models/{Name}/rollback", token);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (
            promotion.GetProperty("version").GetInt32(),
            promotion.GetProperty("replaced").GetInt32(),
            promotion.GetProperty("action").GetString()
        ).ShouldBe((1, 2, "rolled_back"));
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        error.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("nothing was in production");
    }

    [Theory]
    [InlineData("nothing/versions/1/promote", "{}", 404)]
    [InlineData("Prophet_daily_revenue/versions/9/promote", "{}", 404)]
    [InlineData("Prophet_daily_revenue/versions/-1/promote", "{}", 404)]
    [InlineData("nothing/rollback", "{}", 404)]
    [InlineData("Prophet_daily_revenue/versions/1/promote", """{"force": "perhaps"}""", 422)]
    [InlineData("Prophet_daily_revenue/versions/1/promote", """{"why": "?"}""", 422)]
    public async Task What_is_not_there_or_not_allowed_is_refused_in_words(string path, string body, int status)
    {
        await using var world = await StartAsync("duckdb", 0.8);
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;

        var (response, error) = await world.SendAsync(
            HttpMethod.Post,
            $"/api/v1/models/{path}",
            token,
            new StringContent(body, Encoding.UTF8, "application/json")
        );

        ((int)response.StatusCode).ShouldBe(status);
        error.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Without_a_version_in_production_there_is_no_forecast()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        var forecast = (await world.GetAsync("/api/v1/retail/forecast?by=week", token)).Body;

        forecast.GetProperty("version").ValueKind.ShouldBe(JsonValueKind.Null);
        forecast.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static Task<(HttpResponseMessage Response, JsonElement Body)> PromoteAsync(
        ApiWorld world,
        string token,
        int version,
        string body = "{}"
    ) =>
        world.SendAsync(
            HttpMethod.Post,
            $"/api/v1/models/{Name}/versions/{version}/promote",
            token,
            new StringContent(body, Encoding.UTF8, "application/json")
        );

    private static async Task<ApiWorld> StartAsync(string kind, params double[] errors)
    {
        var world = await ApiWorld.StartAsync(
            kind == "postgres" ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url : null
        );
        foreach (var error in errors)
        {
            await new ModelRegistry(world.Store, TimeProvider.System).TransactAsync(
                change => change.RegisterAsync(Name, Version(error), Cancellation),
                Cancellation
            );
        }

        return world;
    }

    private static NewVersion Version(double mase) =>
        new()
        {
            Description = "Revenue by day.",
            Kind = "prophet",
            Parameters = new JsonObject { ["horizon"] = 30 },
            Metrics = new Dictionary<string, Metric>
            {
                ["mase"] = new() { Value = mase, Aim = MetricAim.Lower },
            },
            DecidingMetric = "mase",
            TrainedFrom = new DateTime(2025, 1, 1),
            TrainedTo = new DateTime(2026, 1, 1),
            Rows = 365,
            DataFingerprint = "f00d",
            CodeVersion = "1",
            Artefact = new byte[] { 1 },
            CreatedBy = "test",
        };
}
