using Tradepost.App.Users;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Administration;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;

namespace Tradepost.App.Tests.Users;

/// <summary>One user to whom events happen, with everything that was ever given to them.</summary>
internal sealed class SignInSequence(SignInWorld world, User added)
{
    private readonly List<(TokenResponse First, List<string> Refresh)> sessions = [];
    private readonly List<string> codes = [];
    private readonly List<string> passwords = [FirstPassword];
    private User user = added;
    private int tries;

    public const string FirstPassword = "the password number 0";

    public static async Task<SignInSequence> BeginAsync(SignInWorld world, string email, CancellationToken cancellationToken)
    {
        var hash = await world.Get<PasswordCheck>().HashAsync(FirstPassword, cancellationToken);
        var anna = await world.Get<UserDirectory>().AddAsync(email, Role.Viewer, hash, cancellationToken);
        await world.Get<AccessState>().ReloadAsync(cancellationToken);
        return new SignInSequence(world, anna);
    }

    /// <summary>Does it; whether it was accepted.</summary>
    public async Task<bool> ApplyAsync(SignInEvent what, CancellationToken cancellationToken)
    {
        world.Time.Set(world.Time.GetUtcNow() + TimeSpan.FromSeconds(2)); // behind every grace
        var signIn = world.Get<SignIn>();
        switch (what)
        {
            case SignInEvent.SignIn:
                return await StartedAsync(() => signIn.WithPasswordAsync(user.Email, passwords[^1], From(), cancellationToken));
            case SignInEvent.Refresh:
                return sessions.Count > 0 && await RefreshAsync(sessions.Count - 1, cancellationToken);
            case SignInEvent.RefreshWithOldToken:
                return sessions is [.., { Refresh: [.., var old, _] }]
                    && await AcceptedAsync(() => signIn.RefreshAsync(old, From(), cancellationToken)) is not null;
            case SignInEvent.SignOut:
                return await SignOutAsync(await LiveAsync() is [.., var last] ? last : default, cancellationToken);
            case SignInEvent.ChangeOwnPassword:
                return (await LiveAsync()).Count > 0
                    && await StartedAsync(() => signIn.ChangePasswordAsync(user.Id, passwords[^1], Next(), From(), cancellationToken));
            case SignInEvent.AdminSetsPassword:
                await world.Get<UserAdministration>().SetPasswordAsync(user, Next(), From(), cancellationToken);
                break;
            case SignInEvent.NewLink:
                codes.Add(await world.Get<UserAdministration>().LinkAsync(user, From(), cancellationToken));
                break;
            case SignInEvent.UseLink:
                return await UseAsync(codes.LastOrDefault(), cancellationToken);
            case SignInEvent.SignInByLink:
                return codes is [.., var code] && await StartedAsync(() => signIn.WithCodeAsync(code, From(), cancellationToken));
            case SignInEvent.UseOlderLink:
                return codes is [.., var older, _] && await UseAsync(older, cancellationToken);
            default:
                user = await world
                    .Get<UserAdministration>()
                    .ChangeAsync(user, Role.Viewer, what == SignInEvent.Disable, From(), cancellationToken);
                break;
        }

        await world.Get<AccessState>().ReloadAsync(cancellationToken);
        return true;
    }

    /// <summary>What of all that was given counts now, in words, so that a difference can be read.</summary>
    public async Task<string> ValidAsync(CancellationToken cancellationToken)
    {
        var signIn = world.Get<SignIn>();
        var access = "";
        foreach (var session in sessions)
        {
            access += Sign(await FindAsync(session) is not null);
        }

        var refresh = "";
        for (var i = 0; i < sessions.Count; i++)
        {
            refresh += Sign(await RefreshAsync(i, cancellationToken));
        }

        var right = "";
        foreach (var password in passwords)
        {
            right += Sign(await AcceptedAsync(() => signIn.WithPasswordAsync(user.Email, password, From(), cancellationToken)) is not null);
        }

        var links = "";
        foreach (var code in codes)
        {
            links += Sign(await AcceptedAsync(() => signIn.WithCodeAsync(code, From(), cancellationToken)) is not null);
        }

        return $"access {access} refresh {refresh} passwords {right} links {links}";
    }

    /// <summary>The same in words as the model sees it.</summary>
    public static string Expected(SignInRules rules)
    {
        var signIns = string.Concat(rules.Sessions.Select(Sign));
        var right = string.Concat(Enumerable.Range(0, rules.Password + 1).Select(i => Sign(i == rules.Password && !rules.IsDisabled)));
        var links = string.Concat(
            Enumerable.Range(1, rules.Links).Select(i => Sign(i == rules.Links && rules.IsLinkOpen && !rules.IsDisabled))
        );
        return $"access {signIns} refresh {signIns} passwords {right} links {links}";
    }

    private static string Sign(bool counts) => counts ? "+" : "-";

    private async Task<IReadOnlyList<(TokenResponse First, List<string> Refresh)>> LiveAsync()
    {
        var live = new List<(TokenResponse, List<string>)>();
        foreach (var session in sessions)
        {
            if (await FindAsync(session) is not null)
            {
                live.Add(session);
            }
        }

        return live;
    }

    private Task<Caller?> FindAsync((TokenResponse First, List<string> Refresh) session) =>
        world.Get<AccessState>().FindAsync(session.First.AccessToken);

    private async Task<bool> SignOutAsync((TokenResponse First, List<string> Refresh) session, CancellationToken cancellationToken)
    {
        if (session.First is null || await FindAsync(session) is not { } caller)
        {
            return false;
        }

        await world.Get<Sessions>().RevokeAsync(caller.SessionId, "signed out", cancellationToken);
        await world.Get<AccessState>().ReloadAsync(cancellationToken);
        return true;
    }

    private async Task<bool> UseAsync(string? code, CancellationToken cancellationToken)
    {
        var password = Text(passwords.Count);
        if (
            code is null
            || !await StartedAsync(() => world.Get<SignIn>().WithLinkAsync(code, email: null, password, From(), cancellationToken))
        )
        {
            return false;
        }

        passwords.Add(password);
        return true;
    }

    private async Task<bool> RefreshAsync(int session, CancellationToken cancellationToken)
    {
        if (
            await AcceptedAsync(() => world.Get<SignIn>().RefreshAsync(sessions[session].Refresh[^1], From(), cancellationToken))
            is not { } next
        )
        {
            return false;
        }

        sessions[session].Refresh.Add(next.RefreshToken);
        return true;
    }

    private async Task<bool> StartedAsync(Func<Task<TokenResponse>> start)
    {
        if (await AcceptedAsync(start) is not { } tokens)
        {
            return false;
        }

        sessions.Add((tokens, [tokens.RefreshToken]));
        return true;
    }

    private static async Task<TokenResponse?> AcceptedAsync(Func<Task<TokenResponse>> call)
    {
        try
        {
            return await call();
        }
        catch (ApiException e) when (e.Problem.Status == 401)
        {
            return null;
        }
    }

    // From another client each time, so that wrong passwords lock nobody out.
    private Origin From() => new("test", $"{user.Email} {tries++}", "");

    private string Next()
    {
        passwords.Add(Text(passwords.Count));
        return passwords[^1];
    }

    private static string Text(int number) => $"the password number {number}";
}
