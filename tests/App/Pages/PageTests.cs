using System.Net;
using System.Text.RegularExpressions;
using Tradepost.App.Tests.Hosting;

namespace Tradepost.App.Tests.Pages;

public sealed partial class PageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/welcome")]
    [InlineData("/runs/01970000-0000-7000-8000-000000000000")]
    [InlineData("/settings")]
    public async Task The_page_answers_at_its_own_addresses(string path)
    {
        await using var world = await ApiWorld.StartAsync();

        using var response = await world.Client.GetAsync(path, Cancellation);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<base href=\"/\"");
    }

    [Fact]
    public async Task Nothing_else_answers_with_the_page()
    {
        await using var world = await ApiWorld.StartAsync();

        foreach (var path in new[] { "/nowhere", "/api/v1/nowhere", "/assets/nothing.js", "/assets/../index.html", "/index.html" })
        {
            (await world.GetAsync(path)).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Scripts_come_from_the_server_alone_and_are_never_inline()
    {
        await using var world = await ApiWorld.StartAsync();
        var html = await world.Client.GetStringAsync("/", Cancellation);
        var script = Script().Match(html).Groups["path"].Value;

        foreach (var path in new[] { "/", "/theme.js", $"/{script}" })
        {
            using var response = await world.Client.GetAsync(path, Cancellation);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single().Split("; ");

            policy.ShouldContain("default-src 'self'");
            policy.ShouldNotContain(directive => directive.StartsWith("script-src"));
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }

        Inline().IsMatch(html).ShouldBeFalse();
        html.ShouldNotContain("//");
    }

    [Fact]
    public async Task Files_with_a_hash_in_their_name_are_kept_by_browsers_and_the_page_is_not()
    {
        await using var world = await ApiWorld.StartAsync();
        var script = Script().Match(await world.Client.GetStringAsync("/", Cancellation)).Groups["path"].Value;

        using var page = await world.Client.GetAsync("/", Cancellation);
        using var file = await world.Client.GetAsync($"/{script}", Cancellation);

        page.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        file.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("identity", null)]
    public async Task Scripts_are_sent_as_compressed_as_the_browser_takes_them(string accepted, string? encoding)
    {
        await using var world = await ApiWorld.StartAsync();
        var script = Script().Match(await world.Client.GetStringAsync("/", Cancellation)).Groups["path"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{script}");
        request.Headers.Add("Accept-Encoding", accepted);

        using var response = await world.Client.SendAsync(request, Cancellation);

        response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
    }

    [Fact]
    public async Task Under_a_path_the_page_says_where_it_is_and_the_server_answers_with_the_path_and_without()
    {
        await using var world = await ApiWorld.StartAsync(path: "/tools/tradepost/");

        foreach (var prefix in new[] { "", "/tools/tradepost" })
        {
            (await world.Client.GetStringAsync($"{prefix}/runs", Cancellation)).ShouldContain("<base href=\"/tools/tradepost/\"");
            (await world.GetAsync($"{prefix}/health/live")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_path_that_is_none_is_refused()
    {
        var thrown = await Should.ThrowAsync<Tradepost.Storage.Connections.ConfigurationException>(() =>
            ApiWorld.StartAsync(path: "\"><script>")
        );

        thrown.Message.ShouldContain("TRADEPOST_PATH");
    }

    [GeneratedRegex("src=\"\\./(?<path>assets/[^\"]+\\.js)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();

    [GeneratedRegex("<script[^>]*>[^<]|\\son[a-z]+=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();
}
