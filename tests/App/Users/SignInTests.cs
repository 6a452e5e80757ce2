using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Tests.Hosting;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_user_signs_in_refreshes_and_signs_out(string kind)
    {
        await using var world = await StartAsync(kind);
        var first = await world.SignInAsync(Role.Analyst);

        var (_, me) = await world.GetAsync("/api/v1/auth/me", first.AccessToken);
        var (refreshed, next) = await RefreshAsync(world, first.RefreshToken);
        var (signedOut, _) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/revoke", next);

        me.GetProperty("email").GetString().ShouldBe("analyst@example.com");
        me.GetProperty("role").GetString().ShouldBe("analyst");
        refreshed.ShouldBe(HttpStatusCode.OK);
        signedOut.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await world.GetAsync("/api/v1/auth/me", first.AccessToken)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/v1/auth/me", next)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_refresh_token_that_comes_twice_ends_the_session(string kind)
    {
        var time = new ManualTime();
        await using var world = await StartAsync(kind, time);
        var stolen = await world.SignInAsync(Role.Viewer);
        var other = (await world.TokenAsync("viewer@example.com", ApiWorld.Password)).Tokens!;
        var (_, next) = await RefreshAsync(world, stolen.RefreshToken);

        time.Advance(TimeSpan.FromSeconds(2));
        var (again, _) = await RefreshAsync(world, stolen.RefreshToken);

        again.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/v1/auth/me", next)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/v1/auth/me", other.AccessToken)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AuditAsync(world)).ShouldContain("session.refresh_token_used_twice");
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Of_many_who_refresh_with_one_token_at_once_all_get_the_same_next_one_by_whichever_route(string kind)
    {
        await using var world = await StartAsync(kind, new ManualTime());
        var tokens = await world.SignInAsync(Role.Viewer);

        var next = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i => i % 2 == 0 ? NextAsync(world, tokens.RefreshToken) : NextByCookieAsync(world, tokens.RefreshToken))
        );

        next.Distinct().ShouldHaveSingleItem();
        next[0].ShouldNotBe(tokens.RefreshToken);
        (await RefreshAsync(world, next[0])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(0.9, HttpStatusCode.OK)]
    [InlineData(1.1, HttpStatusCode.Unauthorized)]
    [InlineData(-3600, HttpStatusCode.Unauthorized)]
    public async Task A_used_refresh_token_gets_the_same_answer_for_a_second_even_where_the_clock_was_put_back(
        double seconds,
        HttpStatusCode expected
    )
    {
        var time = new ManualTime();
        await using var world = await ApiWorld.StartAsync(time: time);
        var tokens = await world.SignInAsync(Role.Viewer);
        var next = await NextAsync(world, tokens.RefreshToken);

        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        var (again, body) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/refresh",
            body: new { refresh_token = tokens.RefreshToken }
        );

        again.StatusCode.ShouldBe(expected);
        (again.IsSuccessStatusCode ? body.GetProperty("refresh_token").GetString() : next).ShouldBe(next);
        (await RefreshAsync(world, next)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_token_expires_after_its_time()
    {
        var time = new ManualTime();
        await using var world = await ApiWorld.StartAsync(time: time);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        time.Set(time.GetUtcNow() + AccessState.TokenLifetime - TimeSpan.FromSeconds(1));
        var before = (await world.GetAsync("/api/v1/auth/me", token)).Response.StatusCode;
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(1));
        var after = (await world.GetAsync("/api/v1/auth/me", token)).Response.StatusCode;

        before.ShouldBe(HttpStatusCode.OK);
        after.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Disabling_and_a_new_role_take_effect_on_the_next_request()
    {
        await using var world = await ApiWorld.StartAsync();
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        var viewer = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var id = (await world.GetAsync("/api/v1/auth/me", viewer)).Body.GetProperty("id").GetGuid();

        await world.SendAsync(HttpMethod.Patch, $"/api/v1/users/{id}", admin, new { role = "admin" });
        var asAdmin = (await world.GetAsync("/api/v1/users", viewer)).Response.StatusCode;
        await world.SendAsync(HttpMethod.Patch, $"/api/v1/users/{id}", admin, new { is_disabled = true });
        var disabled = (await world.GetAsync("/api/v1/auth/me", viewer)).Response.StatusCode;

        asAdmin.ShouldBe(HttpStatusCode.OK);
        disabled.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.TokenAsync("viewer@example.com", ApiWorld.Password)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_another_server_changed_is_known_without_a_restart()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        await using var one = await ApiWorld.StartAsync(database.Url);
        await using var other = await ApiWorld.StartAsync(database.Url);
        var token = (await one.SignInAsync(Role.Viewer)).AccessToken;
        await other.Services.GetRequiredService<AccessState>().ReloadAsync(Cancellation);
        var before = (await other.GetAsync("/api/v1/auth/me", token)).Response.StatusCode;

        await one.SendAsync(HttpMethod.Post, "/api/v1/auth/revoke", token);
        await other.Services.GetRequiredService<AccessState>().ReloadAsync(Cancellation);

        before.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/api/v1/auth/me", token)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_two_servers_each_takes_the_tokens_sessions_and_keys_of_the_other_at_once()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        var time = new ManualTime();
        await using var one = await ApiWorld.StartAsync(database.Url, time);
        await using var other = await ApiWorld.StartAsync(database.Url, time);
        await one.SignInAsync(Role.Viewer);
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(2)); // the other has read its store a while ago

        var session = (await one.TokenAsync("viewer@example.com", ApiWorld.Password)).Tokens!.AccessToken;
        var first = (await other.GetAsync("/api/v1/auth/me", session)).Response.StatusCode;
        await one.Services.GetRequiredService<SigningKeys>().RotateAsync(Cancellation);
        await one.Services.GetRequiredService<AccessState>().ReloadAsync(Cancellation);
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(2));
        var rotated = (await one.TokenAsync("viewer@example.com", ApiWorld.Password)).Tokens!.AccessToken;

        first.ShouldBe(HttpStatusCode.OK);
        rotated.Split('.')[0].ShouldNotBe(session.Split('.')[0]);
        (await other.GetAsync("/api/v1/auth/me", rotated)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/api/v1/auth/me", session)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_e_mail_a_wrong_password_and_a_disabled_user_get_the_same_answer()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Admin);
        var (disabled, _) = await world.Users.AddAsync(
            "gone@example.com",
            Role.Viewer,
            ApiWorld.Password,
            Origin.CommandLine,
            Cancellation
        );
        await world.Users.ChangeAsync(disabled, Role.Viewer, isDisabled: true, Origin.CommandLine, Cancellation);
        await world.Users.AddAsync("invited@example.com", Role.Viewer, password: null, Origin.CommandLine, Cancellation);

        var answers = new List<string>();
        foreach (
            var (email, password) in new[]
            {
                ("nobody@example.com", "x"),
                ("admin@example.com", "x"),
                ("gone@example.com", ApiWorld.Password),
                ("invited@example.com", "x"),
            }
        )
        {
            var (response, body) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/token", body: new { email, password });
            answers.Add($"{response.StatusCode} {body.GetProperty("error")}");
        }

        answers.Distinct().ShouldBe(["Unauthorized The e-mail or the password is wrong."]);
    }

    [Theory]
    [InlineData("admin@example.com")]
    [InlineData("nobody@example.com")]
    public async Task Nineteen_wrong_passwords_at_once_count_like_nineteen_one_after_the_other(string email)
    {
        await using var world = await ApiWorld.StartAsync(time: new ManualTime());
        await world.SignInAsync(Role.Admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 19).Select(async _ => (await world.TokenAsync(email, "wrong")).Status));

        answers.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(SignInThrottle.MostForPair);
        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(19 - SignInThrottle.MostForPair);
    }

    [Fact]
    public async Task Nineteen_right_passwords_at_once_all_sign_in()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Admin);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 19).Select(async _ => (await world.TokenAsync("admin@example.com", ApiWorld.Password)).Status)
        );

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failed_sign_ins_of_users_stand_in_the_audit_log_and_those_of_strangers_do_not_fill_it()
    {
        await using var world = await ApiWorld.StartAsync();
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        await world.TokenAsync("admin@example.com", "not the password of anybody");
        await world.TokenAsync("nobody@example.com", "not the password of anybody");
        await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/password",
            admin,
            new { current_password = "not the password of anybody", password = "five other words are better" }
        );

        var (_, audit) = await world.GetAsync("/api/v1/audit", admin);

        var failed = audit
            .GetProperty("items")
            .EnumerateArray()
            .Where(entry => entry.GetProperty("action").GetString() == "sign_in.failed")
            .ToList();
        failed.Select(entry => entry.GetProperty("subject").GetString()).ShouldBe(["admin@example.com", "admin@example.com"]);
        failed.ShouldAllBe(entry => entry.GetProperty("client").GetString() == "127.0.0.1");
        audit.ToString().ShouldNotContain("not the password");
        audit.ToString().ShouldNotContain("nobody@");
    }

    [Theory]
    [InlineData("admin@example.com")]
    [InlineData("nobody@example.com")]
    public async Task Five_wrong_passwords_lock_the_client_out_whether_the_user_exists_or_not(string email)
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Admin);
        for (var i = 0; i < SignInThrottle.MostForPair; i++)
        {
            (await world.TokenAsync(email, "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var (response, _) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/token", body: new { email, password = ApiWorld.Password });

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_link_makes_the_first_administrator_once()
    {
        await using var world = await ApiWorld.StartAsync();
        var links = world.Services.GetRequiredService<Links>();
        var (code, second) = (await links.CreateAsync(userId: null, Cancellation), await links.CreateAsync(userId: null, Cancellation));

        var (made, tokens) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/link",
            body: new
            {
                code,
                email = "First@Example.com",
                password = ApiWorld.Password,
            }
        );
        var (again, _) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/link",
            body: new
            {
                code,
                email = "b@example.com",
                password = ApiWorld.Password,
            }
        );
        var (late, _) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/link",
            body: new
            {
                code = second,
                email = "c@example.com",
                password = ApiWorld.Password,
            }
        );

        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/api/v1/auth/me", tokens.GetProperty("access_token").GetString()))
            .Body.GetProperty("role")
            .GetString()
            .ShouldBe("admin");
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_invited_user_sets_a_password_and_keeps_the_role()
    {
        await using var world = await ApiWorld.StartAsync();
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;

        var (_, created) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/users",
            admin,
            new { email = "new@example.com", role = "viewer" }
        );
        var (weak, _) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/link",
            body: new { code = created.GetProperty("link_code").GetString(), password = "short" }
        );
        var (set, tokens) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/auth/link",
            body: new { code = created.GetProperty("link_code").GetString(), password = ApiWorld.Password }
        );

        weak.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        set.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/api/v1/auth/me", tokens.GetProperty("access_token").GetString()))
            .Body.GetProperty("role")
            .GetString()
            .ShouldBe("viewer");
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var world = await ApiWorld.StartAsync();
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        var id = (await world.GetAsync("/api/v1/auth/me", admin)).Body.GetProperty("id").GetGuid();

        var (demoted, _) = await world.SendAsync(HttpMethod.Patch, $"/api/v1/users/{id}", admin, new { role = "viewer" });
        var (disabled, _) = await world.SendAsync(HttpMethod.Patch, $"/api/v1/users/{id}", admin, new { is_disabled = true });

        demoted.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        disabled.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Neither_passwords_nor_tokens_nor_codes_are_kept_as_they_are()
    {
        await using var world = await ApiWorld.StartAsync();
        var tokens = await world.SignInAsync(Role.Admin);
        var user = await world.Services.GetRequiredService<UserDirectory>().FindAsync("admin@example.com", Cancellation);
        var code = await world.Users.LinkAsync(user!, Origin.CommandLine, Cancellation);

        await using var connection = await world.Store.Secrets.OpenAsync(Cancellation);
        var kept = string.Join(
            '\n',
            await connection.ReadAsync(
                "SELECT CAST(u AS text) FROM tradepost_private.users u UNION ALL SELECT CAST(t AS text) FROM tradepost_private.user_refresh_tokens t UNION ALL SELECT CAST(l AS text) FROM tradepost_private.user_links l",
                row => row.GetString(0),
                Cancellation
            )
        );

        kept.ShouldContain("pbkdf2-sha512$");
        kept.ShouldNotContain(ApiWorld.Password);
        kept.ShouldNotContain(tokens.RefreshToken);
        kept.ShouldNotContain(code);
    }

    private static async Task<ApiWorld> StartAsync(string kind, TimeProvider? time = null) =>
        await ApiWorld.StartAsync(
            kind == "postgres" ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url : null,
            time
        );

    private static async Task<string> NextAsync(ApiWorld world, string refreshToken)
    {
        var (response, body) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/refresh", body: new { refresh_token = refreshToken });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return body.GetProperty("refresh_token").GetString()!;
    }

    private static async Task<string> NextByCookieAsync(ApiWorld world, string refreshToken)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = world.Address };
        browser.DefaultRequestHeaders.Add("Cookie", $"tradepost_session={refreshToken}");
        using var response = await browser.PostAsync("/api/v1/auth/session/refresh", content: null, Cancellation);
        return response.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];
    }

    private static async Task<(HttpStatusCode Status, string? AccessToken)> RefreshAsync(ApiWorld world, string refreshToken)
    {
        var (response, body) = await world.SendAsync(HttpMethod.Post, "/api/v1/auth/refresh", body: new { refresh_token = refreshToken });
        return (response.StatusCode, response.IsSuccessStatusCode ? body.GetProperty("access_token").GetString() : null);
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(ApiWorld world) =>
        [
            .. (await world.Services.GetRequiredService<AuditLog>().ListAsync(DateTime.MaxValue.Date, 100, Cancellation)).Select(entry =>
                entry.Action
            ),
        ];
}
