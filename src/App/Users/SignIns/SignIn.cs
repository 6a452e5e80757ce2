using Microsoft.Extensions.Logging;
using Tradepost.App.Api.Errors;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Passwords;
using Tradepost.App.Users.Tokens;

namespace Tradepost.App.Users.SignIns;

/// <summary>The ways to get tokens: a password, a refresh token, a one-time link.</summary>
internal sealed partial class SignIn(
    UserDirectory users, Sessions sessions, Links links, AccessState access, SignInThrottle throttle, PasswordCheck passwords, AuditLog audit, ILogger<SignIn> logger)
{
    public async Task<TokenResponse> WithPasswordAsync(string email, string password, Origin origin, CancellationToken cancellationToken)
    {
        var plain = email.Trim().ToLowerInvariant();
        if (throttle.Wait(plain, origin.Network) is { } wait)
        {
            throw new ApiException(429, "Too many failed sign-ins; the header Retry-After says when to try again.", retryAfter: wait);
        }

        // The same work, the same answer, whether the user does not exist, is disabled, has no password yet or another one.
        var user = await users.FindAsync(plain, cancellationToken);
        var fits = await passwords.MatchesAsync(password, user?.PasswordHash, cancellationToken);
        if (!fits || user is null or { IsDisabled: true })
        {
            LogFailed(origin.Client, origin.RequestId);
            if (throttle.Failed(plain, origin.Network) && user is not null)
            {
                await audit.AddAsync(origin with { Actor = "anonymous" }, "sign_in.locked", user.Email, cancellationToken);
            }

            throw new ApiException(401, "The e-mail or the password is wrong.");
        }

        throttle.Succeeded(plain, origin.Network);
        if (passwords.IsWeak(user.PasswordHash!))
        {
            await users.SetPasswordAsync(user.Id, await passwords.HashAsync(password, cancellationToken), cancellationToken);
        }

        return await BeginAsync(user, origin, "sign_in.password", cancellationToken);
    }

    public async Task<TokenResponse> RefreshAsync(string refreshToken, Origin origin, CancellationToken cancellationToken) =>
        await TryRefreshAsync(refreshToken, TimeSpan.Zero, origin, cancellationToken) ?? throw new ApiException(401, "The refresh token cannot be used; sign in again.");

    /// <summary>The next pair of tokens; null when this one cannot be used.</summary>
    public async Task<TokenResponse?> TryRefreshAsync(string refreshToken, TimeSpan leeway, Origin origin, CancellationToken cancellationToken)
    {
        var outcome = await sessions.RefreshAsync(refreshToken, leeway, cancellationToken);
        var user = outcome.Result == RefreshResult.Unknown ? null : await users.FindAsync(outcome.UserId, cancellationToken);
        if (outcome.Result == RefreshResult.UsedTwice)
        {
            await access.ReloadAsync(cancellationToken);
            await audit.AddAsync(origin, "session.refresh_token_used_twice", user?.Email ?? outcome.UserId.ToString(), cancellationToken);
        }

        return outcome is { Result: RefreshResult.Renewed, RefreshToken: { } next } && user is { IsDisabled: false }
            ? Response(user, outcome.SessionId, next)
            : null;
    }

    /// <summary>Signs in the user whom a link was made for, without setting a password.</summary>
    public async Task<TokenResponse> WithCodeAsync(string code, Origin origin, CancellationToken cancellationToken)
    {
        var link = await links.FindAsync(code, cancellationToken) ?? throw WrongLink();
        var user = link.UserId is { } id ? await users.FindAsync(id, cancellationToken) ?? throw WrongLink() : throw WrongLink();
        return user.IsDisabled || !await links.UseAsync(code, cancellationToken) ? throw WrongLink() : await BeginAsync(user, origin, "sign_in.link", cancellationToken);
    }

    /// <summary>Sets the password of whom a link is for, or makes the first administrator, and signs them in.</summary>
    public async Task<TokenResponse> WithLinkAsync(string code, string? email, string password, Origin origin, CancellationToken cancellationToken)
    {
        var link = await links.FindAsync(code, cancellationToken) ?? throw WrongLink();
        var user = link.UserId is { } id ? await users.FindAsync(id, cancellationToken) ?? throw WrongLink() : null;
        if (user is { IsDisabled: true } || (user is null && await users.AnyAsync(cancellationToken)))
        {
            throw WrongLink(); // a link for the first administrator is worth nothing once somebody is there
        }

        var plain = user?.Email ?? PasswordRules.Email(email ?? "");
        var hash = await passwords.HashAsync(PasswordRules.Check(password, plain), cancellationToken);
        if (!await links.UseAsync(code, cancellationToken))
        {
            throw WrongLink();
        }

        if (user is null)
        {
            user = await users.AddAsync(plain, Role.Admin, hash, cancellationToken);
        }
        else
        {
            await users.SetPasswordAsync(user.Id, hash, cancellationToken);
            await sessions.RevokeAllAsync(user.Id, "password set by link", cancellationToken);
        }

        await access.ReloadAsync(cancellationToken);
        return await BeginAsync(user, origin, "sign_in.link", cancellationToken);
    }

    public async Task<TokenResponse> ChangePasswordAsync(Guid userId, string current, string next, Origin origin, CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(userId, cancellationToken) ?? throw new ApiException(401, "Your user is gone.");
        if (throttle.Wait(user.Email, origin.Network) is { } wait)
        {
            throw new ApiException(429, "Too many wrong passwords; the header Retry-After says when to try again.", retryAfter: wait);
        }

        if (!await passwords.MatchesAsync(current, user.PasswordHash, cancellationToken))
        {
            throttle.Failed(user.Email, origin.Network);
            throw ApiException.Invalid("current_password", "The current password is wrong.");
        }

        await users.SetPasswordAsync(user.Id, await passwords.HashAsync(PasswordRules.Check(next, user.Email), cancellationToken), cancellationToken);
        await sessions.RevokeAllAsync(user.Id, "password changed", cancellationToken);
        await access.ReloadAsync(cancellationToken);
        return await BeginAsync(user, origin, "password.changed", cancellationToken);
    }

    private async Task<TokenResponse> BeginAsync(User user, Origin origin, string action, CancellationToken cancellationToken)
    {
        var (session, refreshToken) = await sessions.BeginAsync(user, origin.Client, cancellationToken);
        await audit.AddAsync(origin with { Actor = user.Email }, action, user.Email, cancellationToken);
        return Response(user, session, refreshToken);
    }

    private TokenResponse Response(User user, Guid session, string refreshToken) => new()
    {
        AccessToken = access.Issue(user, session),
        RefreshToken = refreshToken,
        TokenType = "Bearer",
        ExpiresIn = (int)AccessState.TokenLifetime.TotalSeconds,
    };

    private static ApiException WrongLink() => new(401, "The link was used already or has expired; `tradepost users password EMAIL` makes a new one.");

    [LoggerMessage(LogLevel.Warning, "A sign-in from {Client} failed, request {RequestId}")]
    private partial void LogFailed(string client, string requestId);
}
