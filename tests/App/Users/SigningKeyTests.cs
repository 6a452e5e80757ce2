using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Tests.Hosting;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class SigningKeyTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rotated_key_counts_until_its_tokens_have_expired_and_is_removed_then()
    {
        await using var world = await ApiWorld.StartAsync(time: time);
        var before = (await world.SignInAsync(Role.Viewer)).AccessToken;
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(1));

        var id = await Keys(world).RotateAsync(Cancellation);
        await ReloadAsync(world);
        var after = (await world.TokenAsync("viewer@example.com", ApiWorld.Password)).Tokens!.AccessToken;
        var stillCounts = await StatusAsync(world, before);
        time.Set(time.GetUtcNow() + SigningKeys.Remaining);
        await ReloadAsync(world);

        Header(after).ShouldContain($"\"kid\":\"{id}\"");
        Header(before).ShouldNotContain(id);
        stillCounts.ShouldBe(HttpStatusCode.OK);
        (await Keys(world).LoadAsync(Cancellation)).Select(key => key.Id).ShouldBe([id]);
    }

    [Theory]
    [InlineData(89, 1)]
    [InlineData(91, 2)]
    public async Task A_key_is_replaced_when_it_is_ninety_days_old(int days, int keys)
    {
        await using var world = await ApiWorld.StartAsync(time: time);
        time.Set(time.GetUtcNow() + TimeSpan.FromDays(days));

        await ReloadAsync(world);

        (await Keys(world).LoadAsync(Cancellation)).Count.ShouldBe(keys);
    }

    [Fact]
    public async Task A_new_key_signs_also_when_the_clock_was_put_back_since_the_last()
    {
        await using var world = await ApiWorld.StartAsync(time: time);
        time.Set(time.GetUtcNow() - TimeSpan.FromHours(1));

        var id = await Keys(world).RotateAsync(Cancellation);

        (await Keys(world).LoadAsync(Cancellation))[0].Id.ShouldBe(id);
    }

    [Fact]
    public async Task A_token_of_the_right_key_is_refused_when_its_session_was_never_issued_or_is_somebody_elses()
    {
        await using var world = await ApiWorld.StartAsync(time: time);
        await world.SignInAsync(Role.Admin);
        await world.SignInAsync(Role.Viewer);
        var users = world.Services.GetRequiredService<UserDirectory>();
        var (admin, viewer) = (
            await users.FindAsync("admin@example.com", Cancellation),
            await users.FindAsync("viewer@example.com", Cancellation)
        );
        var (session, _) = (
            await world.Services.GetRequiredService<Sessions>().BeginAsync(viewer!, code: null, "test", Cancellation)
        )!.Value;
        var key = (await Keys(world).LoadAsync(Cancellation))[0];
        string Forge(Guid user, Guid of) => AccessToken.Create(key, user, of, time.GetUtcNow(), AccessState.TokenLifetime);

        var own = await StatusAsync(world, Forge(viewer!.Id, session.Id));

        own.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(world, Forge(admin!.Id, Guid.NewGuid()))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(world, Forge(admin.Id, Guid.Empty))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(world, Forge(admin.Id, session.Id))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(world, Forge(Guid.NewGuid(), session.Id))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static SigningKeys Keys(ApiWorld world) => world.Services.GetRequiredService<SigningKeys>();

    private static Task ReloadAsync(ApiWorld world) => world.Services.GetRequiredService<AccessState>().ReloadAsync(Cancellation);

    private static async Task<HttpStatusCode> StatusAsync(ApiWorld world, string token) =>
        (await world.GetAsync("/api/v1/auth/me", token)).Response.StatusCode;

    private static string Header(string token) =>
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]));
}
