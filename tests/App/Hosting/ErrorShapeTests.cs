using System.Net;
using System.Text;
using System.Text.Json;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Limits;

namespace Tradepost.App.Tests.Hosting;

public sealed class ErrorShapeTests
{
    [Fact]
    public async Task Every_error_has_the_one_shape()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        await ExpectAsync(world, HttpStatusCode.NotFound, HttpMethod.Get, "/nowhere");
        await ExpectAsync(world, HttpStatusCode.NotFound, HttpMethod.Patch, "/api/v1/users/not-a-guid", token);
        await ExpectAsync(world, HttpStatusCode.MethodNotAllowed, HttpMethod.Delete, "/health/live");
        await ExpectAsync(world, HttpStatusCode.Unauthorized, HttpMethod.Get, "/api/v1/auth/me");
        await ExpectAsync(world, HttpStatusCode.Forbidden, HttpMethod.Get, "/api/v1/users", token);
        await ExpectAsync(
            world,
            HttpStatusCode.UnsupportedMediaType,
            HttpMethod.Post,
            "/api/v1/auth/token",
            body: new StringContent("{}", Encoding.UTF8, "text/plain")
        );
        await ExpectAsync(world, HttpStatusCode.BadRequest, HttpMethod.Post, "/api/v1/auth/token", body: Json("{\"email\": "));
        await ExpectAsync(world, HttpStatusCode.BadRequest, HttpMethod.Post, "/api/v1/auth/token", body: Json(""));
        await ExpectAsync(
            world,
            HttpStatusCode.BadRequest,
            HttpMethod.Post,
            "/api/v1/auth/token",
            body: Json(new string('[', 100) + new string(']', 100))
        );
        await ExpectAsync(
            world,
            HttpStatusCode.BadRequest,
            HttpMethod.Post,
            "/api/v1/auth/token",
            body: Json("{\"email\": \"a\\u0000\", \"password\": \"x\"}")
        );
        await ExpectAsync(
            world,
            HttpStatusCode.BadRequest,
            HttpMethod.Post,
            "/api/v1/auth/token",
            body: Json("{\"email\": \"a\\ud800\", \"password\": \"x\"}")
        );
        await ExpectAsync(
            world,
            HttpStatusCode.RequestEntityTooLarge,
            HttpMethod.Post,
            "/api/v1/auth/token",
            body: Json(new string(' ', 1_100_000))
        );
        await ExpectAsync(world, HttpStatusCode.UnprocessableEntity, HttpMethod.Post, "/api/v1/auth/token", body: Json("[]"));
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_names_those_that_are()
    {
        await using var world = await ApiWorld.StartAsync();

        var (response, body) = await world.SendAsync(HttpMethod.Put, "/api/v1/auth/token");

        response.Content.Headers.Allow.ShouldBe(["POST"]);
        body.GetProperty("details").GetProperty("allowed")[0].GetString().ShouldBe("POST");
    }

    [Fact]
    public async Task A_wrong_value_is_told_with_its_field_and_what_is_allowed()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;

        var (response, body) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/users",
            token,
            new { email = "b@example.com", role = "boss" }
        );
        var (queryResponse, queryBody) = await world.GetAsync("/api/v1/audit?limit=0", token);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("details").GetProperty("field").GetString().ShouldBe("role");
        body.GetProperty("details")
            .GetProperty("allowed")
            .EnumerateArray()
            .Select(value => value.GetString())
            .ShouldBe(["admin", "analyst", "viewer"]);
        queryResponse.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        queryBody.GetProperty("error").GetString().ShouldBe("limit is 0; it must be between 1 and 1000.");
    }

    [Fact]
    public async Task Every_response_carries_the_security_headers_and_the_id_of_its_request()
    {
        await using var world = await ApiWorld.StartAsync();
        world.Client.DefaultRequestHeaders.Add("X-Request-Id", "my-request.1");

        foreach (var path in new[] { "/health/live", "/nowhere", "/api/v1/users", "/", "/runs/1", "/theme.js", "/assets/nothing.js" })
        {
            var (response, _) = await world.GetAsync(path);

            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
            response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
            response.Headers.GetValues("X-Request-Id").ShouldBe(["my-request.1"]);
            response.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_client_over_its_limit_is_told_when_to_come_back_and_others_are_served()
    {
        await using var world = await ApiWorld.StartAsync(limits: new RateLimits(3) { SignIns = 100 });
        var (busy, quiet) = ((await world.SignInAsync(Role.Viewer)).AccessToken, (await world.SignInAsync(Role.Analyst)).AccessToken);
        for (var i = 0; i < 3; i++)
        {
            (await world.GetAsync("/api/v1/auth/me", busy)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var (refused, body) = await world.GetAsync("/api/v1/auth/me", busy);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        body.GetProperty("status").GetString().ShouldBe("error");
        (await world.GetAsync("/api/v1/auth/me", quiet)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/health/live")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task ExpectAsync(
        ApiWorld world,
        HttpStatusCode status,
        HttpMethod method,
        string path,
        string? token = null,
        HttpContent? body = null
    )
    {
        var (response, json) = await world.SendAsync(method, path, token, body);

        response.StatusCode.ShouldBe(status, $"{method} {path}");
        json.EnumerateObject().Select(property => property.Name).ShouldBe(["status", "error", "timestamp", "details"]);
        json.GetProperty("status").GetString().ShouldBe("error");
        json.GetProperty("error").GetString().ShouldEndWith(".");
        json.GetProperty("timestamp").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        json.GetProperty("details").ValueKind.ShouldBe(JsonValueKind.Object);
    }
}
