using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Tradepost.Advertising.Replaying;
using Tradepost.App.Users.Tokens;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Tests.Support;
using Tradepost.Training.Registry;

namespace Tradepost.App.Tests.Hosting;

/// <summary>The description of the API against the server itself: every path, every method, every schema.</summary>
public sealed class ContractTests
{
    private const string AppliedChange = "01990000-0000-7000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var stream = await world.Client.GetStreamAsync("/openapi/v1.json", Cancellation);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        copy.Position = 0;

        var result = await OpenApiDocument.LoadAsync(copy, "json", cancellationToken: Cancellation);

        result.Diagnostic!.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        result.Diagnostic.Errors.ShouldBeEmpty();
        result.Diagnostic.Warnings.ShouldBeEmpty();
        result.Document!.Paths.Count.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Every_path_answers_as_it_is_described_and_every_schema_is_met(string kind)
    {
        var url = kind == "postgres" ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url : null;
        await using var meta = await MetaServer.StartAsync(
            new MetaServerOptions { Token = "a token" },
            TimeProvider.System,
            asked: null,
            Cancellation
        );
        await using var world = await ApiWorld.StartAsync(
            url,
            catalogue: Catalogue(),
            runsJobs: true,
            more: new Dictionary<string, string>
            {
                ["META_API_URL"] = meta.Address,
                ["META_ACCESS_TOKEN"] = "a token",
                ["META_ACCOUNTS"] = string.Join(',', meta.Accounts),
                ["ADS_MAX_DAILY_BUDGET"] = "100",
            }
        );
        await using var feed = await SimulatedFeed.StartAsync(world);
        var document = (await world.GetAsync("/openapi/v1.json")).Body;
        var check = new SchemaCheck(document);
        var calls = await CallsAsync(world);
        var problems = new List<string>();

        foreach (var (method, path, target, body, events) in calls)
        {
            var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant());
            var token = path.StartsWith("/api/v1/auth/", StringComparison.Ordinal)
                ? (await world.TokenAsync("admin@example.com", ApiWorld.Password)).Tokens!.AccessToken
                : calls.Admin;
            if (events)
            {
                world.Client.DefaultRequestHeaders.Add("Accept", "text/event-stream");
            }

            var (response, answer) = await world.SendAsync(
                new HttpMethod(method),
                target,
                token,
                body is null ? null : new StringContent(body, Encoding.UTF8, "application/json")
            );
            world.Client.DefaultRequestHeaders.Remove("Accept");
            problems.AddRange(Compare(check, document, operation, response, answer, $"{method} {target}"));
            if (response.IsSuccessStatusCode)
            {
                problems.AddRange(CheckQuery(check, operation, target));
            }

            if (body is not null && operation.TryGetProperty("requestBody", out var request))
            {
                problems.AddRange(
                    check.Check(
                        request.GetProperty("content").GetProperty("application/json").GetProperty("schema"),
                        JsonElement.Parse(body),
                        $"body of {method} {target}"
                    )
                );
            }
        }

        problems.ShouldBeEmpty();
        Described(document).Except(calls.Select(call => $"{call.Method} {call.Path}")).ShouldBeEmpty();
        document
            .GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .Select(schema => schema.Name)
            .Except(check.Used)
            .ShouldBeEmpty();
    }

    /// <summary>Holds the choices that a call makes in its query against their schemas.</summary>
    private static IEnumerable<string> CheckQuery(SchemaCheck check, JsonElement operation, string target)
    {
        var given = HttpUtility.ParseQueryString(new Uri("http://host" + target).Query);
        return (operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default)
            .Select(parameter => (Name: parameter.GetProperty("name").GetString()!, Schema: parameter.GetProperty("schema")))
            .SelectMany(parameter =>
                (given.GetValues(parameter.Name) ?? []).Select(value => (parameter.Name, Schema: OfOne(parameter.Schema), Value: value))
            )
            .Where(one => one.Schema.TryGetProperty("$ref", out _))
            .SelectMany(one => check.Check(one.Schema, JsonSerializer.SerializeToElement(one.Value), $"{one.Name} of {target}"));

        static JsonElement OfOne(JsonElement schema) => schema.TryGetProperty("items", out var items) ? items : schema;
    }

    [Fact]
    public async Task Every_list_says_what_it_holds()
    {
        await using var world = await ApiWorld.StartAsync();
        var document = (await world.GetAsync("/openapi/v1.json")).Body;

        SilentLists(document.GetProperty("components"), "components").ShouldBeEmpty();
        SilentLists(document.GetProperty("paths"), "paths").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_example_fits_its_schema()
    {
        await using var world = await ApiWorld.StartAsync();
        var document = (await world.GetAsync("/openapi/v1.json")).Body;
        var check = new SchemaCheck(document);

        var schemas = document
            .GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("examples", out _))
            .SelectMany(schema => check.Check(schema.Value, schema.Value.GetProperty("examples")[0], schema.Name));
        var bodies = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (Name: $"{operation.Name} {path.Name}", operation.Value))
            .Where(operation => operation.Value.TryGetProperty("requestBody", out _))
            .Select(operation =>
                (operation.Name, Content: operation.Value.GetProperty("requestBody").GetProperty("content").GetProperty("application/json"))
            )
            .ToList();

        schemas.ShouldBeEmpty();
        bodies
            .Where(body => body.Content.TryGetProperty("example", out _))
            .SelectMany(body => check.Check(body.Content.GetProperty("schema"), body.Content.GetProperty("example"), body.Name))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Compare(
        SchemaCheck check,
        JsonElement document,
        JsonElement operation,
        HttpResponseMessage response,
        JsonElement answer,
        string call
    )
    {
        var status = ((int)response.StatusCode).ToString();
        if (!operation.GetProperty("responses").TryGetProperty(status, out var described))
        {
            return [$"{call} answered {status}, which is not described: {answer}"];
        }

        if (described.TryGetProperty("$ref", out var reference))
        {
            described = document.GetProperty("components").GetProperty("responses").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        if (!described.TryGetProperty("content", out var content))
        {
            return response.Content.Headers.ContentLength is null or 0 ? [] : [$"{call} answered with a body"];
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "nothing";
        return !content.TryGetProperty(type, out var media) ? [$"{call} answered with {type}"]
            : type == "application/json" ? check.Check(media.GetProperty("schema"), answer, call)
            : [];
    }

    private static IEnumerable<string> Described(JsonElement document) =>
        document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

    /// <summary>At least one successful call of everything, and some that are refused.</summary>
    private static async Task<Calls> CallsAsync(ApiWorld world)
    {
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        var links = world.Services.GetRequiredService<Links>();
        var (user, _) = await world.Users.AddAsync(
            "ben@example.com",
            Role.Viewer,
            ApiWorld.Password,
            Tradepost.App.Users.Auditing.Origin.CommandLine,
            Cancellation
        );
        var code = await links.CreateAsync(user.Id, Cancellation);
        var refresh = (await world.TokenAsync("ben@example.com", ApiWorld.Password)).Tokens!.RefreshToken;
        await RunAsync(world, "retail.generate", "{}");
        await RunAsync(world, "retail.etl", """{"mode": "full"}""");
        await RunAsync(world, "retail.forecast", """{"changepoint_prior_scale": 1}""");
        await RunAsync(world, "retail.forecast", "{}");
        await AddRowsAsync(world);
        var done = await RunAsync(world, "trading.predict", "{}");
        var failed = await RunAsync(world, "trading.train", """{"fails": true}""");
        var waiting = await world.Jobs.Runs.StartAsync(
            "trading.features",
            JsonElement.Parse("""{"waits": true}"""),
            new Asker("test", AskedHow.Api) { Role = AskerRole.Admin },
            null,
            Cancellation
        );
        var calls = new Calls { Admin = admin };
        calls.Add("GET", "/health/live");
        calls.Add("GET", "/health/ready");
        calls.Add("POST", "/api/v1/auth/token", body: $$"""{"email": "ben@example.com", "password": "{{ApiWorld.Password}}"}""");
        calls.Add("POST", "/api/v1/auth/refresh", body: $$"""{"refresh_token": "{{refresh}}"}""");
        calls.Add("POST", "/api/v1/auth/link", body: $$"""{"code": "{{code}}", "password": "another four words here"}""");
        calls.Add("POST", "/api/v1/auth/session", body: $$"""{"email": "admin@example.com", "password": "{{ApiWorld.Password}}"}""");
        calls.Add("POST", "/api/v1/auth/session", body: """{"code": "used"}""");
        calls.Add("POST", "/api/v1/auth/session/refresh");
        calls.Add("DELETE", "/api/v1/auth/session");
        calls.Add("GET", "/api/v1/auth/me");
        calls.Add("GET", "/api/v1/users");
        calls.Add("POST", "/api/v1/users", body: """{"email": "new@example.com", "role": "analyst"}""");
        calls.Add("POST", "/api/v1/users", body: """{"email": "new@example.com", "role": "analyst"}""");
        calls.Add("PATCH", "/api/v1/users/{id}", $"/api/v1/users/{user.Id}", """{"role": "analyst"}""");
        calls.Add("PATCH", "/api/v1/users/{id}", $"/api/v1/users/{Guid.NewGuid()}", """{"role": "analyst"}""");
        calls.Add("GET", "/api/v1/audit", "/api/v1/audit?limit=2");
        calls.Add("GET", "/api/v1/jobs");
        calls.Add("POST", "/api/v1/jobs/{job}/runs", "/api/v1/jobs/trading.predict/runs", """{"arguments": {}}""");
        calls.Add("POST", "/api/v1/jobs/{job}/runs", "/api/v1/jobs/trading.train/runs", """{"arguments": {"fails": "perhaps"}}""");
        calls.Add("POST", "/api/v1/jobs/{job}/runs", "/api/v1/jobs/no.job/runs", """{"arguments": {}}""");
        calls.Add("GET", "/api/v1/jobs/{job}/backfill", "/api/v1/jobs/test.days/backfill?from=2026-01-01&to=2026-01-03");
        calls.Add(
            "POST",
            "/api/v1/jobs/{job}/backfill",
            "/api/v1/jobs/test.days/backfill",
            """{"from": "2026-01-01", "to": "2026-01-01"}"""
        );
        calls.Add("GET", "/api/v1/runs", "/api/v1/runs?limit=2");
        calls.Add("GET", "/api/v1/runs", "/api/v1/runs?limit=0");
        calls.Add("GET", "/api/v1/runs/{id}", $"/api/v1/runs/{done}");
        calls.Add("GET", "/api/v1/runs/{id}", $"/api/v1/runs/{Guid.NewGuid()}");
        calls.Add("GET", "/api/v1/runs/{id}/logs", $"/api/v1/runs/{done}/logs");
        calls.Add("GET", "/api/v1/runs/{id}/logs", $"/api/v1/runs/{done}/logs", events: true);
        calls.Add("POST", "/api/v1/runs/{id}/retry", $"/api/v1/runs/{failed}/retry");
        calls.Add("POST", "/api/v1/runs/{id}/retry", $"/api/v1/runs/{done}/retry");
        calls.Add("DELETE", "/api/v1/runs/{id}", $"/api/v1/runs/{done}");
        calls.Add("POST", "/ml/data-collector/run", body: """{"arguments": {}}""");
        calls.Add("POST", "/ml/scripts/{script}/cancel", "/ml/scripts/data_collector.py/cancel");
        calls.Add("DELETE", "/api/v1/runs/{id}", $"/api/v1/runs/{waiting.Id}");
        calls.Add("GET", "/ml/scripts/available");
        calls.Add("GET", "/ml/scripts/status");
        calls.Add("GET", "/ml/scripts/status/{script}", "/ml/scripts/status/predictor.py");
        calls.Add("GET", "/ml/scripts/status/{script}", "/ml/scripts/status/reboot.sh");
        calls.Add("POST", "/ml/scripts/run", body: """{"script": "predictor.py", "arguments": {}}""");
        calls.Add("POST", "/ml/trainer/run", body: """{"timeout": 3600, "arguments": {}}""");
        calls.Add("POST", "/ml/predictor/run", body: "{}");
        calls.Add(
            "PUT",
            "/api/v1/schedules/{name}",
            "/api/v1/schedules/nightly",
            """{"job": "trading.predict", "cron": "0 2 * * *", "time_zone": "Europe/Paris"}"""
        );
        calls.Add("PUT", "/api/v1/schedules/{name}", "/api/v1/schedules/nightly", """{"job": "trading.predict", "cron": "at two"}""");
        calls.Add("GET", "/api/v1/schedules");
        calls.Add("GET", "/api/v1/schedules/{name}", "/api/v1/schedules/nightly");
        calls.Add("POST", "/api/v1/schedules/{name}/pause", "/api/v1/schedules/nightly/pause");
        calls.Add("POST", "/api/v1/schedules/{name}/resume", "/api/v1/schedules/nightly/resume");
        calls.Add("DELETE", "/api/v1/schedules/{name}", "/api/v1/schedules/nightly");
        calls.Add("DELETE", "/api/v1/schedules/{name}", "/api/v1/schedules/nightly");
        calls.Add(
            "PUT",
            "/api/v1/alert-rules/{name}",
            "/api/v1/alert-rules/failed",
            """{"kind": "failed", "url": "http://127.0.0.1:9/hook"}"""
        );
        calls.Add("GET", "/api/v1/alert-rules");
        calls.Add("GET", "/api/v1/alerts");
        calls.Add("DELETE", "/api/v1/alert-rules/{name}", "/api/v1/alert-rules/failed");
        calls.Add("GET", "/api/v1/retail/kpi", "/api/v1/retail/kpi?by=week&top=3");
        calls.Add("GET", "/api/v1/retail/kpi", "/api/v1/retail/kpi?by=decade");
        calls.Add("GET", "/api/v1/freshness");
        calls.Add("GET", "/api/v1/retail/period");
        calls.Add("GET", "/api/v1/retail/sales", "/api/v1/retail/sales?limit=3");
        calls.Add("GET", "/api/v1/retail/forecast", "/api/v1/retail/forecast?by=week");
        calls.Add("GET", "/api/v1/retail/forecast", "/api/v1/retail/forecast?by=year");
        calls.Add("GET", "/api/v1/retail/loads");
        calls.Add("GET", "/api/v1/retail/rejects", "/api/v1/retail/rejects?limit=5");
        calls.Add("PUT", "/api/v1/retail/rejects", body: """{"table": "payments", "key": "aside", "row": "{\"id\": 1}"}""");
        calls.Add("PUT", "/api/v1/retail/rejects", body: """{"table": "payments", "key": "nothing", "row": "{}"}""");
        const string seen = """{"id": "e1", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "17"}""";
        calls.Add("POST", "/api/v1/events", body: $$"""{"events": [{{seen}}]}""");
        calls.Add("POST", "/api/v1/events", body: """{"events": 5}""");
        calls.Add("GET", "/webhooks/meta");
        calls.Add("POST", "/webhooks/meta", body: "{}");
        calls.Add("GET", "/api/v1/campaigns", "/api/v1/campaigns?search=spring");
        calls.Add(
            "POST",
            "/api/v1/campaigns",
            body: """{"name": "Spring", "objective": "OUTCOME_SALES", "daily_budget": 25, "apply": true}"""
        );
        calls.Add("POST", "/api/v1/campaigns", body: """{"name": "Spring", "objective": "OUTCOME_SALES", "account": "act_0"}""");
        const string campaign = "/api/v1/campaigns/{id}";
        calls.Add("PATCH", campaign, "/api/v1/campaigns/101", """{"daily_budget": "60.00"}""");
        calls.Add("PATCH", campaign, "/api/v1/campaigns/101", """{"daily_budget": "60.00", "apply": true}""");
        calls.Add("PATCH", campaign, "/api/v1/campaigns/101", """{"daily_budget": "100.01", "apply": true}""");
        calls.Add("PATCH", campaign, "/api/v1/campaigns/999", """{"status": "PAUSED"}""");
        calls.Add("GET", "/api/v1/campaigns/changes", "/api/v1/campaigns/changes?state=failed&limit=5");
        const string undo = "/api/v1/campaigns/changes/{id}/undo";
        calls.Add("POST", undo, $"/api/v1/campaigns/changes/{Guid.NewGuid()}/undo");
        calls.Add("POST", undo, $"/api/v1/campaigns/changes/{AppliedChange}/undo");
        calls.Add("GET", "/api/v1/analytics/feeds");
        calls.Add("GET", "/api/v1/analytics/restatements", "/api/v1/analytics/restatements?campaign=19&limit=5");
        calls.Add("GET", "/api/v1/analytics/campaigns", "/api/v1/analytics/campaigns?by=campaign&by=date&as_of=2026-02-01T00:00:00");
        calls.Add("GET", "/api/v1/analytics/campaigns", "/api/v1/analytics/campaigns?by=decade");
        calls.Add("GET", "/api/v1/analytics/completion", "/api/v1/analytics/completion?campaign=18");
        calls.Add("GET", "/api/v1/ads/features", "/api/v1/ads/features?account=account&ad=4&as_of=2026-02-01T00:00:00");
        calls.Add("GET", "/api/v1/ads/features", "/api/v1/ads/features?account=account");
        calls.Add("GET", "/api/v1/privacy/{user}/export", "/api/v1/privacy/user-17/export");
        calls.Add("PUT", "/api/v1/privacy/{user}/consent", "/api/v1/privacy/user-17/consent", """{"events": false}""");
        calls.Add("GET", "/api/v1/marketplace/products", "/api/v1/marketplace/products?search=soap&limit=1");
        calls.Add("GET", "/api/v1/marketplace/products/{sku}/history", "/api/v1/marketplace/products/1001/history?from=2026-01-01");
        calls.Add("GET", "/api/v1/marketplace/products/{sku}/history", "/api/v1/marketplace/products/none/history");
        calls.Add("GET", "/api/v1/marketplace/products/{sku}/offers", "/api/v1/marketplace/products/1001/offers");
        calls.Add("GET", "/api/v1/marketplace/sales", "/api/v1/marketplace/sales?limit=5");
        calls.Add("GET", "/api/v1/marketplace/products/{sku}/sales", "/api/v1/marketplace/products/1001/sales?limit=5");
        calls.Add("GET", "/api/v1/marketplace/market", "/api/v1/marketplace/market?by=brand");
        calls.Add("GET", "/api/v1/marketplace/backtest");
        const string suspect = """{"sku": "1001", "date": "2026-01-31", "field": "price", "reason": "a sale"}""";
        calls.Add("GET", "/api/v1/marketplace/suspects", "/api/v1/marketplace/suspects?limit=5");
        calls.Add("POST", "/api/v1/marketplace/suspects/release", body: suspect);
        calls.Add("POST", "/api/v1/marketplace/suspects/confirm", body: suspect);
        calls.Add("POST", "/api/v1/marketplace/suspects/release", body: suspect.Replace("1001", "none", StringComparison.Ordinal));
        calls.Add("GET", "/api/v1/trading/feeds");
        calls.Add("GET", "/api/v1/trading/depth", "/api/v1/trading/depth?exchange=simulator&symbol=SIM01");
        calls.Add("GET", "/api/v1/trading/quotes", "/api/v1/trading/quotes?exchange=simulator&symbol=SIM01&minutes=1440");
        calls.Add("GET", "/api/v1/trading/gaps");
        calls.Add("GET", "/api/v1/trading/coverage", "/api/v1/trading/coverage?days=3");
        foreach (var path in new[] { "/features", "/api/v1/trading/features" })
        {
            calls.Add("GET", $"{path}/latest", $"{path}/latest?limit=5");
            calls.Add("GET", $"{path}/latest", $"{path}/latest?limit=1001");
            calls.Add("GET", path, $"{path}?from_time=2026-01-01&to_time=2026-01-02T12:00&symbol=SIM01");
            calls.Add("GET", path, $"{path}?from_time=2026-01-02&to_time=2026-01-01");
            calls.Add("GET", path, $"{path}?from_time=2025-01-01&to_time=2026-01-03");
            calls.Add("GET", path, $"{path}?from_time=2026-01-01");
        }

        const string candles = "/api/v1/trading/candles";
        calls.Add("GET", candles, $"{candles}?symbol=SIM01&from_time=2026-01-01&to_time=2026-01-02");
        calls.Add("GET", candles, $"{candles}?symbol=none&from_time=2026-01-01&to_time=2026-01-02");
        calls.Add("GET", candles, $"{candles}?symbol=SIM01&from_time=2025-01-01&to_time=2026-01-03");
        foreach (var path in new[] { "/api/v1/trading/returns", "/api/v1/trading/returns/forecasts" })
        {
            calls.Add("GET", path);
            calls.Add("GET", path, $"{path}?symbol=BTCUSDT&horizon=6");
            calls.Add("GET", path, $"{path}?symbol=BTCUSDT&horizon=7");
        }

        foreach (var prefix in new[] { "", "/api/v1/trading" })
        {
            calls.Add("GET", $"{prefix}/predictions/latest", $"{prefix}/predictions/latest?limit=5&model_name=LinearRegression&horizon=6");
            calls.Add("GET", $"{prefix}/predictions/latest", $"{prefix}/predictions/latest?horizon=7");
            calls.Add("GET", $"{prefix}/predictions/latest", $"{prefix}/predictions/latest?limit=1001");
            calls.Add("GET", $"{prefix}/metrics/latest", $"{prefix}/metrics/latest?model_name=LinearRegression_log_return_6h");
            calls.Add("GET", $"{prefix}/metrics/latest", $"{prefix}/metrics/latest?model_name=Oracle");
        }

        calls.Add("POST", "/api/v1/learning/forecast", body: $$"""{"csv": "ds,y\n{{Series()}}", "horizon": 2}""");
        calls.Add("POST", "/api/v1/learning/forecast", body: """{"csv": "when,y\n2026-01-01,1\n"}""");
        calls.Add("POST", "/api/v1/learning/detect", body: $$"""{"csv": "ds,y\n{{Series()}}"}""");
        calls.Add("GET", "/api/v1/models");
        calls.Add("POST", "/api/v1/models/{name}/rollback", "/api/v1/models/Prophet_daily_revenue/rollback", "{}");
        calls.Add(
            "POST",
            "/api/v1/models/{name}/versions/{version}/promote",
            "/api/v1/models/Prophet_daily_revenue/versions/2/promote",
            """{"force": true, "reason": "to see"}"""
        );
        calls.Add(
            "POST",
            "/api/v1/models/{name}/versions/{version}/promote",
            "/api/v1/models/Prophet_daily_revenue/versions/two/promote",
            "{}"
        );
        calls.Add("GET", "/api/v1/models/{name}/versions", "/api/v1/models/Prophet_daily_revenue/versions");
        calls.Add("GET", "/api/v1/models/{name}/versions", "/api/v1/models/nothing/versions");
        calls.Add("GET", "/api/v1/models/{name}/history", "/api/v1/models/Prophet_daily_revenue/history");
        calls.Add("POST", "/api/v1/models/{name}/rollback", "/api/v1/models/Prophet_daily_revenue/rollback", """{"reason": "seen"}""");
        calls.Add("GET", "/api/v1/tables");
        calls.Add("GET", "/api/v1/query", "/api/v1/query?sql=SELECT%201%20AS%20one&limit=5");
        calls.Add("GET", "/api/v1/query", "/api/v1/query?sql=DROP%20TABLE%20users");
        calls.Add("POST", "/api/v1/auth/revoke");
        calls.Add(
            "POST",
            "/api/v1/auth/session/password",
            body: $$"""{"current_password": "{{ApiWorld.Password}}", "password": "{{ApiWorld.Password}}"}"""
        );
        calls.Add(
            "POST",
            "/api/v1/auth/password",
            body: $$"""{"current_password": "{{ApiWorld.Password}}", "password": "five other words are better"}"""
        );
        return calls;
    }

    /// <summary>What comes only with time: an alert, and a schedule that has fired.</summary>
    private static async Task AddRowsAsync(ApiWorld world)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            "INSERT INTO job_alerts (id, rule, message, payload, raised_at, next_try_at, attempts) VALUES ('1', 'failed', 'It failed.', '{}', TIMESTAMP '2026-01-01', TIMESTAMP '2999-01-01', 0)",
            parameters: null,
            Cancellation
        );
        await connection.ExecuteAsync(
            """
            INSERT INTO suspects (sku, date, field, value, expected_low, expected_high, rule, known_on, found_at, state)
            VALUES ('1001', DATE '2026-01-31', 'price', 129.87, 120, 130, 'price_not_printed', DATE '2026-01-31', TIMESTAMP '2026-02-01', 'open');
            INSERT INTO campaigns (user_id, id, name, currency, daily_budget, learned_at)
            VALUES ('account', '17', 'Spring', 'USD', 1050, TIMESTAMP '2026-01-02');
            INSERT INTO campaign_metrics (user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, source, learned_at)
            VALUES ('user-17', '17', TIMESTAMP '2026-01-01', 100, 2, 1.5, 1, 'events', TIMESTAMP '2026-01-02');
            INSERT INTO campaign_metrics (user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, source, learned_at)
            VALUES ('account', '18', TIMESTAMP '2020-01-01', 100, 2, 1.5, 1, 'reported', TIMESTAMP '2020-01-02'),
              ('account', '19', TIMESTAMP '2026-01-01', 100, 2, 1.5, 1, 'reported', TIMESTAMP '2026-01-02'),
              ('account', '19', TIMESTAMP '2026-01-01', 100, 2, 1.5, 2, 'reported', TIMESTAMP '2026-01-03');
            INSERT INTO campaign_changes (id, user_id, campaign_id, action, state, asked_by, asked_at, settled_at, before, after) VALUES
              ('CHANGE', 'act_1001', '102', 'update', 'applied', 'admin@example.com', TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01',
              '{"name": "Campaign 2", "status": "PAUSED", "currency": "USD", "daily_budget": "100"}',
              '{"name": "Campaign 2", "status": "ACTIVE", "currency": "USD", "daily_budget": "100"}');
            INSERT INTO ad_events (id, type, happened_at, campaign_id, ad_id, user_id, value, received_at, counted_at)
            VALUES ('e0', 'click', TIMESTAMP '2026-01-01', '17', '', 'user-17', 0.5, TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01');
            INSERT INTO ad_metrics (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, impressions, clicks, spend, conversions, learned_at)
            VALUES ('account', '17', '', '4', TIMESTAMP '2026-01-31', 'age,platform', '18-24|instagram', 100, 2, 1.5, 1, TIMESTAMP '2026-01-31 23:00:00');
            INSERT INTO etl_rejects (run_id, source_table, natural_key, rule, problem, "row", row_hash, rejected_at)
            VALUES ('1', 'payments', 'aside', 'amount', 'The amount is below zero.', '{"id": 1, "amount": -1}', 1, TIMESTAMP '2026-01-01')
            """.Replace("CHANGE", AppliedChange, StringComparison.Ordinal),
            parameters: null,
            Cancellation
        );
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        await connection.ExecuteAsync(
            """
            INSERT INTO orderbook_data (exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount)
            VALUES ('simulator', 'SIM01', @now, @now, 1.5, 101, 100, 2)
            """,
            new { now },
            Cancellation
        );
        await connection.ExecuteAsync(
            """
            INSERT INTO trading_features (symbol, feature_time, close, is_whole, return_1h, spread)
            VALUES ('SIM01', TIMESTAMP '2026-01-01 01:00:00', 100, true, 0.5, NULL)
            """,
            parameters: null,
            Cancellation
        );
        await connection.ExecuteAsync(
            "INSERT INTO collector_gaps (exchange, symbol, stream, from_timestamp, to_timestamp, reason) VALUES ('simulator', 'SIM01', 'quotes', @from, @now, 'stopped')",
            new { from = now - 5_000_000, now },
            Cancellation
        );
        const string figures = """{"within_1_25": 0.6, "within_2": 0.9, "pinball": 2.5, "bias": 0.1, "coverage_80": null}""";
        await connection.ExecuteAsync(
            """
            INSERT INTO products (sku, title, first_seen, last_seen) VALUES ('1001', 'Soap', DATE '2026-01-01', DATE '2026-01-01');
            INSERT INTO features_daily (sku, feature_date, features) VALUES ('1001', DATE '2026-01-01', '{"reviews": 7}');
            INSERT INTO price_history (sku, merchant, price, valid_from) VALUES ('1001', 'm', 9.5, DATE '2026-01-01');
            INSERT INTO offers (sku, merchant, captured_at, price) VALUES ('1001', 'm', TIMESTAMP '2026-01-01', 9.5);
            INSERT INTO sales_estimates (sku, "date", model_version, days, units, lower, upper, revenue, reason, forecast)
            VALUES ('1001', DATE '2026-01-01', 1, 1, 2.5, 1, 4, 23.75, 'brand_share', '[{"days": 7, "units": 17.5, "lower": 9, "upper": 26}]');
            INSERT INTO market_groups ("date", model_version, part, label, units, revenue, figures)
            VALUES ('2026-01-01', 1, 'brand', 'A', 2.5, 23.75, '{"name": "A", "products": 1, "estimated": 1, "units": 2.5, "lower": 1, "upper": 4,
              "revenue": 23.75, "share": 1, "units_change": {"reason": "no_estimate_before"}, "revenue_change": {"value": 0.1, "lower": 0, "upper": 0.2},
              "share_change": {"value": 0, "lower": 0, "upper": 0}, "elasticity": {"value": -1.5, "lower": -1.8, "upper": -1.2},
              "elasticity_source": "known_sales", "prices_moved": 4, "entrants": 0, "entrant_revenue": {"value": 0, "lower": 0, "upper": 0},
              "out_of_stock": null, "gone": 0, "lost_units": {"value": 0, "lower": 0, "upper": 0}, "lost_revenue": {"reason": "no_estimate"}}');
            INSERT INTO sales_backtests (model_version, figures) VALUES (1, '{"windows": 4, "horizon_days": 30, "not_enough_data": 1, "truth": "known", "model": FIGURES,
              "last_month": FIGURES, "constant": FIGURES, "new_products": {"windows": 4, "model": FIGURES, "last_month": FIGURES, "constant": FIGURES},
              "bands": [{"from": 0, "to": 10, "windows": 4, "bias": 0.1, "model": FIGURES, "last_month": FIGURES, "constant": FIGURES}],
              "horizons": [{"horizon_days": 30, "is_forecast": false, "windows": 4, "model": FIGURES, "last_month": FIGURES, "constant": FIGURES}]}')
            """.Replace("FIGURES", figures, StringComparison.Ordinal),
            parameters: null,
            Cancellation
        );
        await connection.ExecuteAsync(
            """
            INSERT INTO candles (exchange, symbol, timeframe, open_time, source, open, high, low, close, volume, is_whole)
            VALUES ('simulator', 'SIM01', '1h', TIMESTAMP '2026-01-01', 'file', 100, 101, 99, 100, NULL, TRUE);
            INSERT INTO return_folds (model, version, symbol, horizon, trained_rows, train_from, train_to, test_from, test_to,
              data_fingerprint, feature_fingerprint, code_version, trained_at, figures)
            VALUES ('LinearRegression_log_return_6h', 1, 'BTCUSDT', 6, 4314, TIMESTAMP '2026-01-01', TIMESTAMP '2026-06-29',
              TIMESTAMP '2026-06-30', TIMESTAMP '2026-07-29', 'abc', 'def', '1', TIMESTAMP '2026-07-30', '{"n": 720, "rmse": 0.0181, "mae":
              0.012, "rmse_zero": 0.018, "r2_zero": -0.01, "r2_mean": -0.01, "directional_accuracy": 0.51, "up_share": 0.5, "ic": 0.03,
              "rank_ic": 0.03, "ic_ir": null, "sharpe_gross": 1.2, "sharpe_net": 0.4, "turnover": 0.8, "max_drawdown": 0.2,
              "calibration_slope": 0.4, "coverage_80": 0.8, "width_80": 0.04, "acted_share": 0.6, "acted_accuracy": 0.52,
              "acted_sharpe_gross": 1, "acted_sharpe_net": 0.3, "acted_turnover": 0.7}');
            INSERT INTO return_folds SELECT model, version, symbol, horizon, 0, trained_rows, train_from, train_to, test_from, test_to,
              data_fingerprint, feature_fingerprint, code_version, trained_at, figures FROM return_folds;
            INSERT INTO return_forecasts
              (model, version, symbol, horizon, feature_time, target_time, fold, value, lower_bound, upper_bound, actual)
            VALUES ('LinearRegression_log_return_6h', 1, 'BTCUSDT', 6, TIMESTAMP '2026-07-28 18:00:00', TIMESTAMP '2026-07-29', 0, 0.001,
              -0.02, 0.022, 0.002);
            INSERT INTO return_canaries (symbol, horizon, name, verdict, value, most, trained_at)
            VALUES ('BTCUSDT', 6, 'purge', 'passed', 0.01, 0.03, TIMESTAMP '2026-07-30');
            INSERT INTO return_champions (symbol, horizon, model, version, rmse, rmse_zero, beats_zero, chosen_at)
            VALUES ('BTCUSDT', 6, 'LinearRegression_log_return_6h', 1, 0.0181, 0.018, FALSE, TIMESTAMP '2026-07-30');
            INSERT INTO predictions (model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound)
            VALUES ('LinearRegression_log_return_6h', 1, 'BTCUSDT', '6h', TIMESTAMP '2026-07-30', TIMESTAMP '2026-07-30 06:00:00',
              TIMESTAMP '2026-07-30 00:01:00', 0.001, -0.02, 0.022)
            """,
            parameters: null,
            Cancellation
        );
        await new ModelRegistry(world.Store, TimeProvider.System).TransactAsync(
            async change =>
            {
                var version = await change.RegisterAsync("Units_from_reviews", Estimates(), Cancellation);
                return await change.PromoteAsync(
                    version.Model,
                    version.Version,
                    new PromotionRequest { Reason = "The first.", By = "test" },
                    Cancellation
                );
            },
            Cancellation
        );
        await connection.ExecuteAsync(
            "INSERT INTO job_schedule_fires (schedule, fire_at, state, decided_at) VALUES ('nightly', TIMESTAMP '2026-01-01', 'skipped', TIMESTAMP '2026-01-01')",
            parameters: null,
            Cancellation
        );
    }

    private static NewVersion Estimates() =>
        new()
        {
            Description = "Units from reviews.",
            Kind = "shares",
            Parameters = [],
            Metrics = new Dictionary<string, Metric>
            {
                ["pinball"] = new()
                {
                    Value = 12.1,
                    Aim = MetricAim.Lower,
                    Baseline = 20.9,
                },
            },
            DecidingMetric = "pinball",
            TrainedFrom = new DateTime(2025, 1, 1),
            TrainedTo = new DateTime(2026, 1, 1),
            Rows = 403,
            DataFingerprint = "f00d",
            CodeVersion = "1",
            Artefact = new byte[] { 1 },
            CreatedBy = "test",
        };

    /// <summary>Days that are all alike, and one that is not, so that there is an anomaly to describe.</summary>
    private static string Series() =>
        string.Concat(
            Enumerable.Range(0, 60).Select(i => $"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd},{(i == 50 ? 500 : 10 + (i % 3))}\\n")
        );

    private static async Task<Guid> RunAsync(ApiWorld world, string job, string arguments)
    {
        var run = await world.Jobs.Runs.StartAsync(
            job,
            JsonElement.Parse(arguments),
            new Asker("test", AskedHow.Api) { Role = AskerRole.Admin },
            null,
            Cancellation
        );
        return (await world.Jobs.Runs.WaitAsync(run.Id, Cancellation)).Id;
    }

    /// <summary>Jobs that wait and fail as they are told, in the place of the scripts' own.</summary>
    private static readonly IReadOnlyList<JobDefinition> StandIns =
    [
        JobDefinition.Of<Options, JsonObject>("trading.features", "Make features.", RunAsync),
        JobDefinition.Of<Options, JsonObject>("trading.train", "Train models.", RunAsync),
        JobDefinition.Of<Options, JsonObject>("trading.predict", "Make predictions.", RunAsync),
    ];

    private static JobCatalogue Catalogue() =>
        new([
            .. Domains.All.SelectMany(domain => domain.Jobs).Where(job => StandIns.All(one => one.Name != job.Name)),
            .. StandIns,
            JobDefinition.Of<Days, JsonObject>("test.days", "Take days.", (_, context, cancellationToken) =>
                RunAsync(new Options(), context, cancellationToken)
            ) with
            {
                Interval = new JobInterval("from", "to"),
            },
        ])
        {
            Migrations = Domains.Migrations,
        };

    private static async Task<JsonObject> RunAsync(Options options, JobContext context, CancellationToken cancellationToken)
    {
        context.Logger.LogInformation("It runs");
        context.Progress.Report(new JobProgress("running", 1, 2));
        await Task.Delay(options.Waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
        return options.Fails ? throw new JobFailedException("It was asked to fail.") : new JsonObject { ["rows"] = 1 };
    }

    public sealed record Options
    {
        [Description("Fail.")]
        public bool Fails { get; init; }

        [Description("Wait until cancelled.")]
        public bool Waits { get; init; }
    }

    public sealed record Days
    {
        [Required]
        public DateOnly From { get; init; }

        [Required]
        public DateOnly To { get; init; }
    }

    private sealed class Calls : List<(string Method, string Path, string Target, string? Body, bool Events)>
    {
        public required string Admin { get; init; }

        public void Add(string method, string path, string? target = null, string? body = null, bool events = false) =>
            Add((method, path, target ?? path, body, events));
    }

    private static IEnumerable<string> SilentLists(JsonElement element, string path) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(property => SilentLists(property.Value, $"{path}/{property.Name}"))
                .Concat(IsList(element) && !element.TryGetProperty("items", out _) ? [path] : []),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => SilentLists(item, path)),
            _ => [],
        };

    private static bool IsList(JsonElement schema) =>
        schema.TryGetProperty("type", out var type)
        && (
            type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Any(one => one.GetString() == "array")
                : type.ValueKind == JsonValueKind.String && type.GetString() == "array"
        );
}
