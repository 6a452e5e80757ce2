using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

public sealed class FuzzTests
{
    private const int Requests = 20_000;
    private const int AtOnce = 8;
    private const int Seed = 20260101;

    private static readonly string[] Open =
    [
        "/health/",
        "/openapi/",
        "/docs",
        "/welcome",
        "/sign-in",
        "/runs",
        "/models",
        "/data",
        "/settings",
        "/favicon.svg",
        "/theme.js",
        "/assets",
        "/metrics",
        .. Domains.All.Select(domain => $"/{domain.Name}"), // addresses of the page
    ];

    // DELETE does end a session, and that is written down; so is what of a person was given out; and events without an end.
    private static readonly string[] Left =
    [
        SessionCookie.Path,
        "/api/v1/privacy/{user}/export",
        "/api/v1/trading/feeds",
        "/api/v1/trading/depth",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Twenty_thousand_hostile_requests_break_nothing_write_nothing_and_get_nowhere(string kind)
    {
        await using var world = await ApiWorld.StartAsync(
            kind == "postgres" ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url : null
        );
        var (viewer, admin) = ((await world.SignInAsync(Role.Viewer)).AccessToken, (await world.SignInAsync(Role.Admin)).AccessToken);
        var routes = world.Routes.Where(route => !Left.Contains("/" + route.Endpoint.RoutePattern.RawText!.Trim('/'))).ToList();
        var before = await ChecksumsAsync(world);
        var (wrong, seen) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());
        var count = kind == "duckdb" ? Requests : Requests / 10; // the same code in front of either store

        await Parallel.ForEachAsync(Enumerable.Range(0, AtOnce), Cancellation, async (worker, cancellationToken) =>
        {
            var fuzz = new Fuzz(Seed + worker, routes, await BadTokensAsync(world, viewer));
            for (var i = 0; i < count / AtOnce; i++)
            {
                var (bytes, text, mayRead) = fuzz.Next($"Bearer {viewer}", $"Bearer {admin}");
                var status = await RawClient
                    .SendAsync(world.Address, bytes, cancellationToken)
                    .WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
                seen.AddOrUpdate(status, 1, (_, times) => times + 1);
                var path = text.Split(' ')[1];
                if (status >= 500 || (status is >= 200 and < 300 && !mayRead && !IsOpen(path)))
                {
                    wrong.Enqueue($"{status}: {text}");
                }
            }
        });

        wrong.ShouldBeEmpty();
        new[] { 200, 400, 401, 403, 404, 405, 415, 422 }.ShouldBeSubsetOf(seen.Keys); // requests that all fail alike would prove nothing
        (await ChecksumsAsync(world)).ShouldBe(before);
        (await world.GetAsync("/api/v1/auth/me", viewer)).Response.IsSuccessStatusCode.ShouldBeTrue();
    }

    // A browser without a session is told so with 204.
    private static bool IsOpen(string path) =>
        Reached(path) == "/"
        || path.Contains("/auth/session/refresh", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/API", StringComparison.Ordinal)
        || Open.Any(open => path.StartsWith(open, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a path leads whose dots are followed, as the server follows them: <c>/features/%2e%2e</c> is the page's root.</summary>
    private static string Reached(string path) =>
        Uri.TryCreate("http://host" + path, UriKind.Absolute, out var address) ? address.AbsolutePath : path.Split('?')[0];

    private static async Task<IReadOnlyList<string>> BadTokensAsync(ApiWorld world, string valid)
    {
        var keys = await world.Services.GetRequiredService<SigningKeys>().LoadAsync(Cancellation);
        var user = (await world.Services.GetRequiredService<Tradepost.App.Users.Accounts.UserDirectory>().ListAsync(Cancellation))[0];
        var now = TimeProvider.System.GetUtcNow();
        var expired = AccessToken.Create(
            keys[0],
            user.Id,
            Guid.NewGuid(),
            now - AccessState.TokenLifetime - TimeSpan.FromSeconds(1),
            AccessState.TokenLifetime
        );
        var forged = AccessToken.Create(
            SigningKey.From(keys[0].Id, SigningKey.Create(DateTime.UnixEpoch).Secret(), DateTime.UnixEpoch),
            user.Id,
            Guid.NewGuid(),
            now,
            AccessState.TokenLifetime
        );
        var stranger = AccessToken.Create(keys[0], Guid.NewGuid(), Guid.NewGuid(), now, AccessState.TokenLifetime);
        var unsigned = valid[..(valid.LastIndexOf('.') + 1)];
        return
        [
            "",
            "Bearer",
            "Bearer ",
            $"Bearer {expired}",
            $"Bearer {forged}",
            $"Bearer {stranger}",
            $"Bearer {unsigned}",
            $"Basic {valid}",
            $"Bearer {valid}x",
            $"Bearer {valid}, Bearer {valid}",
            "Bearer " + new string('a', 3000),
            "Bearer eyJhbGciOiJub25lIn0.e30.",
            "Bearer \u00e9\ud83d\ude00",
        ];
    }

    /// <summary>Rows and contents of every table that migrations make.</summary>
    private static async Task<IReadOnlyList<string>> ChecksumsAsync(ApiWorld world)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var tables = await connection.ReadAsync(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = current_schema() ORDER BY table_name",
            row => row.GetString(0),
            Cancellation
        );
        var sums = new List<string>();
        foreach (var table in tables)
        {
            var text = await connection.ScalarAsync<string>(
                $"SELECT count(*) || ' ' || COALESCE(md5(string_agg(CAST(t AS text), '|' ORDER BY CAST(t AS text))), '') FROM {Sql.Name(table)} t",
                parameters: null,
                Cancellation
            );
            sums.Add($"{table} {text}");
        }

        return sums;
    }
}
