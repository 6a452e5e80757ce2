using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Tests.Hosting;
using Tradepost.App.Users.Auditing;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class SessionTests
{
    private const string Session = "/api/v1/auth/session";
    private const string Email = "anna@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_refresh_token_is_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Viewer, Email);

        var (response, body) = await world.SendAsync(HttpMethod.Post, Session, body: new { email = Email, password = ApiWorld.Password });

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("tradepost_session=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        body.GetProperty("user").GetProperty("email").GetString().ShouldBe(Email);
        body.EnumerateObject().Select(field => field.Name).ShouldBe(["access_token", "expires_in", "user"]);
        (await world.GetAsync("/api/v1/auth/me", body.GetProperty("access_token").GetString())).Response.StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task A_session_goes_on_with_its_cookie_and_ends_when_the_user_signs_out()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Viewer, Email);
        using var browser = new HttpClient { BaseAddress = world.Address }; // keeps cookies, as browsers do
        using var begun = await browser.PostAsJsonAsync(Session, new { email = Email, password = ApiWorld.Password }, Cancellation);

        using var renewed = await browser.PostAsync($"{Session}/refresh", content: null, Cancellation);
        var token = await TokenOf(renewed);
        using var request = new HttpRequestMessage(HttpMethod.Delete, Session);
        request.Headers.Authorization = new("Bearer", token);
        using var ended = await browser.SendAsync(request, Cancellation);
        using var after = await browser.PostAsync($"{Session}/refresh", content: null, Cancellation);

        (begun.StatusCode, renewed.StatusCode, ended.StatusCode, after.StatusCode).ShouldBe(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NoContent)
        );
        (await world.GetAsync("/api/v1/auth/me", token)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_changes_the_password_in_a_browser_goes_on_with_one_new_session()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Viewer, Email);
        using var browser = new HttpClient { BaseAddress = world.Address };
        using var begun = await browser.PostAsJsonAsync(Session, new { email = Email, password = ApiWorld.Password }, Cancellation);
        var before = await TokenOf(begun);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Session}/password")
        {
            Content = JsonContent.Create(new { current_password = ApiWorld.Password, password = "five other words are better" }),
        };
        request.Headers.Authorization = new("Bearer", before);

        using var changed = await browser.SendAsync(request, Cancellation);
        using var renewed = await browser.PostAsync($"{Session}/refresh", content: null, Cancellation);

        (changed.StatusCode, renewed.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await world.GetAsync("/api/v1/auth/me", before)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/v1/auth/me", await TokenOf(renewed))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var secrets = await world.Store.Secrets.OpenAsync(Cancellation);
        (
            await secrets.ScalarAsync<long>(
                "SELECT count(*) FROM tradepost_private.user_sessions WHERE revoked_at IS NULL",
                parameters: null,
                Cancellation
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task The_cookie_alone_opens_nothing()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Viewer, Email);
        using var browser = new HttpClient { BaseAddress = world.Address };
        using var begun = await browser.PostAsJsonAsync(Session, new { email = Email, password = ApiWorld.Password }, Cancellation);

        using var asked = await browser.GetAsync("/api/v1/auth/me", Cancellation);

        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(0.9, HttpStatusCode.OK)]
    [InlineData(1.1, HttpStatusCode.NoContent)]
    public async Task A_cookie_whose_renewal_was_lost_on_its_way_is_good_for_a_second(double seconds, HttpStatusCode expected)
    {
        var time = new ManualTime();
        await using var world = await ApiWorld.StartAsync(time: time);
        await world.SignInAsync(Role.Viewer, Email);
        var (begun, _) = await world.SendAsync(HttpMethod.Post, Session, body: new { email = Email, password = ApiWorld.Password });
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = world.Address };
        browser.DefaultRequestHeaders.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        using var lost = await browser.PostAsync($"{Session}/refresh", content: null, Cancellation);
        time.Advance(TimeSpan.FromSeconds(seconds));
        using var again = await browser.PostAsync($"{Session}/refresh", content: null, Cancellation);

        lost.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.NoContent)]
    public async Task Only_pages_of_this_server_renew_a_session(string site, HttpStatusCode expected)
    {
        await using var world = await ApiWorld.StartAsync();
        world.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        (await world.SendAsync(HttpMethod.Post, $"{Session}/refresh")).Response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_link_signs_in_the_user_it_was_made_for_once()
    {
        await using var world = await ApiWorld.StartAsync();
        var (_, code) = await world.Users.AddAsync(Email, Role.Analyst, password: null, Origin.CommandLine, Cancellation);

        var first = await world.SendAsync(HttpMethod.Post, Session, body: new { code });
        var second = await world.SendAsync(HttpMethod.Post, Session, body: new { code });

        first.Body.GetProperty("user").GetProperty("role").GetString().ShouldBe("analyst");
        second.Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_first_administrators_link_needs_an_email_and_a_password()
    {
        await using var world = await ApiWorld.StartAsync();
        var code = await world.Services.GetRequiredService<Tradepost.App.Users.Tokens.Links>().CreateAsync(userId: null, Cancellation);

        var without = await world.SendAsync(HttpMethod.Post, Session, body: new { code });
        var with = await world.SendAsync(
            HttpMethod.Post,
            Session,
            body: new
            {
                code,
                email = Email,
                password = ApiWorld.Password,
            }
        );

        without.Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        with.Body.GetProperty("user").GetProperty("role").GetString().ShouldBe("admin");
    }

    private static async Task<string> TokenOf(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<Dictionary<string, object>>(Cancellation))!["access_token"].ToString()!;
}
