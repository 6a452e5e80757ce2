using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tradepost.Serving.Callers;
using Tradepost.Storage;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Events and webhooks of advertising: what is signed gets in once, and nothing else does.</summary>
public sealed class SignedEventsTests
{
    private const string Events = "/api/v1/events";
    private const string Webhook = "/webhooks/meta";
    private const int Mutations = 20_000;

    private const string Click = """{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "value": 0.5}""";

    private const string Notice =
        """{"object": "ad_account", "entry": [{"id": "17", "time": 1767225600, "changes": [{"field": "creative_fatigue", "value": {"a": "\u0456"}}]}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["ADS_EVENTS_SECRET"] = "of the feed",
        ["META_APP_SECRET"] = "of the app",
        ["META_VERIFY_TOKEN"] = "both know",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_events_and_those_of_analysts_are_accepted_once_as_a_list_or_lines()
    {
        await using var world = await ApiWorld.StartAsync(more: Secrets);
        var analyst = (await world.SignInAsync(Role.Analyst)).AccessToken;
        var list = $$"""{"events": [{{Click}}]}""";

        var first = await SendAsync(world, Events, list, "of the feed");
        var again = await SendAsync(world, Events, list, "of the feed");
        var (lines, body) = await world.SendAsync(
            HttpMethod.Post,
            Events,
            analyst,
            Content($"{Click}\n{Click.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}\n", "application/x-ndjson")
        );

        (first.Status, first.Body.GetRawText()).ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"repeated":0}"""));
        again.Body.GetRawText().ShouldBe("""{"accepted":0,"repeated":1}""");
        (lines.StatusCode, body.GetRawText()).ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"repeated":1}"""));
        await UntilAsync(world, "SELECT count(*) FROM ad_events", 2);
        await UntilAsync(world, "SELECT sum(total_clicks) FROM daily_campaign_summary", 2);
    }

    [Fact]
    public async Task What_is_refused_says_why_and_what_to_do()
    {
        await using var world = await ApiWorld.StartAsync(more: Secrets);
        var viewer = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var list = $$"""{"events": [{{Click}}]}""";

        (await world.SendAsync(HttpMethod.Post, Events, null, Content(list))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.SendAsync(HttpMethod.Post, Events, viewer, Content(list))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(world, Events, list, "of somebody else")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(world, Events, list, "of the feed", sent: list.Replace(" ", "", StringComparison.Ordinal))).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await SendAsync(world, Events, "{", "of the feed")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(world, Events, list, "of the feed", type: "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await SendAsync(world, Events, new string(' ', 1_100_000), "of the feed")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var (status, body) = await SendAsync(world, Events, """{"events": [{"id": "a"}]}""", "of the feed");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("error").GetString().ShouldBe("events[0].type is missing; expected is a text.");
        body.GetProperty("details").GetProperty("field").GetString().ShouldBe("events[0].type");
    }

    [Fact]
    public async Task Meta_is_answered_when_it_knows_the_token_and_what_it_tells_is_kept_once()
    {
        await using var world = await ApiWorld.StartAsync(more: Secrets);
        const string asked = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        var right = await world.Client.GetAsync($"{Webhook}{asked}both%20know", Cancellation);
        var wrong = await world.Client.GetAsync($"{Webhook}{asked}nobody", Cancellation);
        var told = await SendAsync(world, Webhook, Notice, "of the app", "X-Hub-Signature-256");
        var again = await SendAsync(world, Webhook, Notice, "of the app", "X-Hub-Signature-256");
        var written = await SendAsync(
            world,
            Webhook,
            Notice,
            "of the app",
            "X-Hub-Signature-256",
            sent: Notice.Replace("\\u0456", "і", StringComparison.Ordinal)
        );

        (right.StatusCode, await right.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.OK, "1158201444"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (told.Status, again.Status, written.Status).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized));
        await UntilAsync(world, "SELECT count(*) FROM platform_notices WHERE field = 'creative_fatigue'", 1);
    }

    [Fact]
    public async Task Twenty_thousand_mutated_requests_get_nothing_in_and_break_nothing()
    {
        await using var world = await ApiWorld.StartAsync(more: Secrets);
        var dice = new Random(20);
        var requests = Enumerable.Range(0, Mutations).Select(_ => Mutated(dice)).ToList();
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            async (mutated, cancellationToken) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, mutated.Path) { Content = new ByteArrayContent(mutated.Body) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.TryAddWithoutValidation(mutated.Header, mutated.Signature);
                using var response = await world.Client.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode is < 400 or >= 500)
                {
                    wrong.Add($"{(int)response.StatusCode}: {mutated.Path} {mutated.Signature} {Encoding.UTF8.GetString(mutated.Body)}");
                }
            }
        );

        wrong.ShouldBeEmpty();
        await using var connection = await world.Store.OpenAsync(Cancellation);
        (await connection.ScalarAsync<long>("SELECT count(*) FROM ad_events", null, Cancellation)).ShouldBe(0);
        (await connection.ScalarAsync<long>("SELECT count(*) FROM platform_notices", null, Cancellation)).ShouldBe(0);
    }

    /// <summary>A good request of which a bit of the body or a sign of the signature is another.</summary>
    private static (string Path, string Header, string Signature, byte[] Body) Mutated(Random dice)
    {
        var isEvent = dice.Next(2) == 0;
        var body = Encoding.UTF8.GetBytes(isEvent ? $$"""{"events": [{{Click}}]}""" : Notice);
        var signature = Signature(body, isEvent ? "of the feed" : "of the app").ToCharArray();
        switch (dice.Next(4))
        {
            case 0:
                body[dice.Next(body.Length)] ^= (byte)(1 << dice.Next(8));
                break;
            case 1:
                body = body[..dice.Next(body.Length)];
                break;
            case 2:
                var at = "sha256=".Length + dice.Next(64);
                signature[at] = signature[at] == '0' ? '1' : '0';
                break;
            default:
                signature = signature[..dice.Next(signature.Length)];
                break;
        }

        return (isEvent ? Events : Webhook, isEvent ? "X-Signature-256" : "X-Hub-Signature-256", new string(signature), body);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        ApiWorld world,
        string path,
        string signed,
        string secret,
        string header = "X-Signature-256",
        string? sent = null,
        string type = "application/json"
    ) => SendAsync(world, path, Content(sent ?? signed, type), header, Signature(Encoding.UTF8.GetBytes(signed), secret));

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        ApiWorld world,
        string path,
        HttpContent content,
        string header,
        string signature
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(header, signature);
        request.Headers.ExpectContinue = content.Headers.ContentLength > 100_000; // a server that refuses hangs up
        using var response = await world.Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    private static ByteArrayContent Content(string text, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new(type);
        return content;
    }

    private static string Signature(byte[] body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    private static async Task UntilAsync(ApiWorld world, string sql, long wanted)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var connection = await world.Store.OpenAsync(Cancellation);
        while (await connection.ScalarAsync<long?>(sql, null, Cancellation) != wanted)
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Patience, sql);
            await Task.Delay(50, Cancellation);
        }
    }
}
