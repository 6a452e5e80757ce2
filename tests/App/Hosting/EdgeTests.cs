using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Tests.Hosting;

/// <summary>What is refused at the edge of the server: each with a bound, and each answer in the one shape of errors.</summary>
public sealed class EdgeTests
{
    public static TheoryData<string, int> Unreadable =>
        new()
        {
            { "GET /" + new string('a', 10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
            { "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + new string('a', 20_000) + "\r\n\r\n", 431 },
            { "GET / HTTP/1.1\r\nHost: localhost\r\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"X{i}: 1\r\n")) + "\r\n", 431 },
            { "GET\r\n\r\n", 400 },
            { "\x16\x03\x01\x02\x00\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: local host\r\n\r\n", 400 },
            { "POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus\r\n\r\n", 400 },
            { "POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400 },
            { "GET http://elsewhere/%zz\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
            { "GET / HTTP/4.2\r\nHost: localhost\r\n\r\n", 505 },
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_the_server_itself_refuses_has_the_one_shape(string request, int status)
    {
        await using var world = await ApiWorld.StartAsync();

        ExpectShape(await SendAsync(world, request), status);
    }

    [Fact]
    public async Task A_head_and_a_body_that_do_not_come_are_given_up_in_the_one_shape()
    {
        await using var world = await ApiWorld.StartAsync();

        var head = SendAsync(world, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var body = SendAsync(
            world,
            "POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        );

        ExpectShape(await head, 408);
        ExpectShape(await body, 408);
    }

    [Fact]
    public async Task Only_a_refusal_without_a_body_gets_one()
    {
        await using var world = await ApiWorld.StartAsync();

        var answer = await SendAsync(world, "HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var (_, body) = await world.GetAsync("/nowhere");

        answer.ShouldStartWith("HTTP/1.1 404");
        answer.ShouldEndWith("\r\n\r\n");
        body.GetProperty("error").GetString().ShouldStartWith("There is nothing at /nowhere");
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST.", true)]
    [InlineData("127.0.0.1:1234", true)]
    [InlineData("[::1]", true)]
    [InlineData("shop.example.org", true)]
    [InlineData("SHOP.example.org:443", true)]
    [InlineData("a.b.example.net", true)]
    [InlineData("example.net", false)]
    [InlineData("evilexample.net", false)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("shop.example.org.evil.example", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("2130706433", true)] // the address it came to, as one number
    public async Task A_request_that_is_meant_for_another_host_is_refused(string host, bool isAnswered)
    {
        await using var world = await ApiWorld.StartAsync(
            more: new Dictionary<string, string> { [SettingNames.Hosts] = "shop.example.org, *.example.net" }
        );

        foreach (var path in new[] { "/health/live", "/", "/api/v1/auth/me", "/metrics" })
        {
            var answer = await SendAsync(
                world,
                $"GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n"
            );

            answer.StartsWith("HTTP/1.1 421", StringComparison.Ordinal).ShouldBe(!isAnswered, path);
            if (!isAnswered)
            {
                ExpectShape(answer, 421)
                    .ShouldBe($"This server is not \"{host}\"; the setting TRADEPOST_HOSTS lists the names that it answers to.");
            }
        }
    }

    [Fact]
    public async Task A_host_that_cannot_be_one_stops_the_server()
    {
        (
            await Should.ThrowAsync<ConfigurationException>(() =>
                ApiWorld.StartAsync(more: new Dictionary<string, string> { [SettingNames.Hosts] = "https://shop.example.org" })
            )
        ).Setting.ShouldBe("TRADEPOST_HOSTS");
    }

    [Fact]
    public async Task A_compressed_body_is_refused_whatever_is_in_it()
    {
        await using var world = await ApiWorld.StartAsync();
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[50 << 20], Cancellation);
        }

        foreach (var encoding in new[] { "gzip", "br", "deflate", "identity, gzip", "GZIP" })
        {
            var content = new ByteArrayContent(bomb.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            var (response, body) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/token", body: content);

            response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
            body.GetProperty("error").GetString().ShouldBe("The body is compressed; send it as it is, without Content-Encoding.");
        }
    }

    [Fact]
    public async Task A_user_has_so_many_event_streams_and_gets_another_when_one_is_closed()
    {
        await using var world = await ApiWorld.StartAsync();
        var (busy, quiet) = ((await world.SignInAsync(Role.Viewer)).AccessToken, (await world.SignInAsync(Role.Analyst)).AccessToken);
        var run = await world.Jobs.Runs.StartAsync(
            "retail.kpi",
            JsonElement.Parse("{}"),
            new Asker("root", AskedHow.Cli),
            null,
            Cancellation
        );
        string[] paths = ["/api/v1/trading/feeds", "/api/v1/trading/depth?exchange=simulator&symbol=SIM01", $"/api/v1/runs/{run.Id}/logs"];
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
        {
            open.Add(await StreamAsync(world, paths[0], busy)); // the one that begins with an event
        }

        open.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        foreach (var path in paths)
        {
            using var refused = await StreamAsync(world, path, busy);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            JsonElement
                .Parse(await refused.Content.ReadAsStringAsync(Cancellation))
                .GetProperty("error")
                .GetString()
                .ShouldBe("You have 20 event streams open, and that is the most at once; close one first.");
        }

        (await world.GetAsync("/api/v1/trading/feeds", busy)).Response.StatusCode.ShouldBe(HttpStatusCode.OK); // no stream
        open.Add(await StreamAsync(world, paths[0], quiet));
        open[^1].StatusCode.ShouldBe(HttpStatusCode.OK);
        open[0].Dispose();

        (await UntilAsync(world, paths[0], busy)).ShouldBe(HttpStatusCode.OK);
        open.ForEach(response => response.Dispose());
    }

    [Fact]
    public async Task An_address_has_five_times_as_many_whoever_its_users_are()
    {
        await using var world = await ApiWorld.StartAsync(more: new Dictionary<string, string> { [SettingNames.EventStreams] = "2" });
        var open = new List<HttpResponseMessage>();
        for (var user = 0; user < 6; user++)
        {
            var token = (await world.SignInAsync(Role.Viewer, $"user{user}@example.com")).AccessToken;
            open.Add(await StreamAsync(world, "/api/v1/trading/feeds", token));
            open.Add(await StreamAsync(world, "/api/v1/trading/feeds", token));
        }

        open.Take(10).ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        open.Skip(10).ShouldAllBe(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        open.ForEach(response => response.Dispose());
    }

    private static async Task<HttpStatusCode> UntilAsync(ApiWorld world, string path, string token)
    {
        while (true)
        {
            using var response = await StreamAsync(world, path, token);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return response.StatusCode;
            }

            await Task.Delay(20, Cancellation); // the server hears of a closed connection a moment later
        }
    }

    private static async Task<HttpResponseMessage> StreamAsync(ApiWorld world, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", token),
                Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") },
            },
        };
        return await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>What comes back for these bytes until the server hangs up.</summary>
    private static async Task<string> SendAsync(ApiWorld world, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(world.Address.Host, world.Address.Port, Cancellation);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Cancellation);
            await stream.CopyToAsync(answer, Cancellation);
        }
        catch (IOException)
        {
            // Refused half way; what was answered before counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The sentence of an answer that has the shape of every error.</summary>
    private static string ExpectShape(string answer, int status)
    {
        var parts = answer.Split("\r\n\r\n");
        parts[0].ShouldStartWith($"HTTP/1.1 {status} ");
        parts[0].ShouldContain("Content-Type: application/json; charset=utf-8");
        parts[0].ShouldContain($"Content-Length: {Encoding.UTF8.GetByteCount(parts[1])}");
        foreach (
            var header in new[]
            {
                "X-Request-Id: ",
                "X-Content-Type-Options: nosniff",
                "X-Frame-Options: DENY",
                "Cache-Control: no-store",
                "Content-Security-Policy: default-src 'none'",
            }
        )
        {
            parts[0].ShouldContain(header);
        }

        var body = JsonElement.Parse(parts[1]);
        body.EnumerateObject().Select(property => property.Name).ShouldBe(["status", "error", "timestamp", "details"]);
        body.GetProperty("error").GetString().ShouldEndWith(".");
        body.GetProperty("error").GetString().ShouldNotStartWith("The request ended with status");
        return body.GetProperty("error").GetString()!;
    }
}
