using Microsoft.Extensions.Logging;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Passwords;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Errors;

namespace Tradepost.App.Users.SignIns;

/// <summary>The ways to get tokens: a password, a refresh token, a one-time link.</summary>
internal sealed partial class SignIn(
    UserDirectory users,
    Credentials credentials,
    Sessions sessions,
    Links links,
    AccessState access,
    SignInThrottle throttle,
    PasswordCheck passwords,
    AuditLog audit,
    ILogger<SignIn> logger
)
{
    public async Task<TokenResponse> WithPasswordAsync(string email, string password, Origin origin, CancellationToken cancellationToken)
    {
        var plain = email.Trim().ToLowerInvariant();
        using var attempt = await throttle.BeginAsync(plain, origin.Network, cancellationToken);
        if (attempt.Wait is { } wait)
        {
            throw new ApiException(429, "Too many failed sign-ins; the header Retry-After says when to try again.", retryAfter: wait);
        }

        // The same work, the same answer, whether the user does not exist, is disabled, has no password yet or another one.
        var user = await users.FindAsync(plain, cancellationToken);
        var fits = await passwords.MatchesAsync(password, user?.PasswordHash, cancellationToken);
        if (!fits || user is null or { IsDisabled: true })
        {
            Failed(attempt, user, origin);
            throw WrongPassword();
        }

        attempt.Succeeded();
        return await BeginAsync(
            await RenewedAsync(user, password, cancellationToken),
            code: null,
            origin,
            "sign_in.password",
            cancellationToken
        ) ?? throw WrongPassword();
    }

    public async Task<TokenResponse> RefreshAsync(string refreshToken, Origin origin, CancellationToken cancellationToken) =>
        await TryRefreshAsync(refreshToken, origin, cancellationToken)
        ?? throw new ApiException(401, "The refresh token cannot be used; sign in again.");

    /// <summary>The next pair of tokens; null when this one cannot be used.</summary>
    public async Task<TokenResponse?> TryRefreshAsync(string refreshToken, Origin origin, CancellationToken cancellationToken)
    {
        var outcome = await sessions.RefreshAsync(refreshToken, cancellationToken);
        var user = outcome.Session is { } session ? await users.FindAsync(session.UserId, cancellationToken) : null;
        if (outcome.Result == RefreshResult.UsedTwice)
        {
            await access.ReloadAsync(cancellationToken);
            await audit.AddAsync(origin, "session.refresh_token_used_twice", user?.Email ?? "a user who is gone", cancellationToken);
        }

        return outcome is { Result: RefreshResult.Renewed, Session: { } renewed, RefreshToken: { } next } && user is { IsDisabled: false }
            ? Response(user, renewed, next)
            : null;
    }

    /// <summary>Signs in the user whom a link was made for, without setting a password.</summary>
    public async Task<TokenResponse> WithCodeAsync(string code, Origin origin, CancellationToken cancellationToken)
    {
        var link = await links.FindAsync(code, cancellationToken) ?? throw WrongLink();
        var user = link.UserId is { } id ? await users.FindAsync(id, cancellationToken) ?? throw WrongLink() : throw WrongLink();
        return await BeginAsync(user, code, origin, "sign_in.link", cancellationToken) ?? throw WrongLink();
    }

    /// <summary>Sets the password of whom a link is for, or makes the first administrator, and signs them in.</summary>
    public async Task<TokenResponse> WithLinkAsync(
        string code,
        string? email,
        string password,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var link = await links.FindAsync(code, cancellationToken) ?? throw WrongLink();
        var user = link.UserId is { } id ? await users.FindAsync(id, cancellationToken) ?? throw WrongLink() : null;
        if (user is { IsDisabled: true } || (user is null && await users.AnyAsync(cancellationToken)))
        {
            throw WrongLink(); // a link for the first administrator is worth nothing once somebody is there
        }

        var plain = user?.Email ?? PasswordRules.Email(email ?? "");
        var hash = await passwords.HashAsync(PasswordRules.Check(password, plain), cancellationToken);
        if (user is null)
        {
            user = await users.AddFirstAsync(plain, hash, code, cancellationToken) ?? throw WrongLink();
        }
        else if (!await credentials.SetByLinkAsync(user, code, hash, cancellationToken))
        {
            throw WrongLink();
        }

        await access.ReloadAsync(cancellationToken);
        return await BeginAsync(user with { PasswordHash = hash }, code: null, origin, "sign_in.link", cancellationToken)
            ?? throw WrongLink();
    }

    public async Task<TokenResponse> ChangePasswordAsync(
        Guid userId,
        string current,
        string next,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var user = await users.FindAsync(userId, cancellationToken) ?? throw new ApiException(401, "Your user is gone.");
        using var attempt = await throttle.BeginAsync(user.Email, origin.Network, cancellationToken);
        if (attempt.Wait is { } wait)
        {
            throw new ApiException(429, "Too many wrong passwords; the header Retry-After says when to try again.", retryAfter: wait);
        }

        if (!await passwords.MatchesAsync(current, user.PasswordHash, cancellationToken))
        {
            Failed(attempt, user, origin);
            throw WrongCurrent();
        }

        var hash = await passwords.HashAsync(PasswordRules.Check(next, user.Email), cancellationToken);
        if (!await credentials.ChangeAsync(user, hash, cancellationToken))
        {
            throw WrongCurrent(); // somebody changed it, or disabled the user, in this moment
        }

        await access.ReloadAsync(cancellationToken);
        return await BeginAsync(user with { PasswordHash = hash }, code: null, origin, "password.changed", cancellationToken)
            ?? throw WrongCurrent();
    }

    // Who is known stands in the audit log; other names, which anybody can invent, do not fill it.
    private void Failed(SignInAttempt attempt, User? user, Origin origin)
    {
        LogFailed(origin.Client, origin.RequestId);
        var isLocked = attempt.Failed();
        if (user is null)
        {
            return;
        }

        audit.AddLater(origin, "sign_in.failed", user.Email);
        if (isLocked)
        {
            audit.AddLater(origin, "sign_in.locked", user.Email);
        }
    }

    private async Task<User> RenewedAsync(User user, string password, CancellationToken cancellationToken)
    {
        if (!passwords.IsWeak(user.PasswordHash!))
        {
            return user;
        }

        var hash = await passwords.HashAsync(password, cancellationToken);
        return await credentials.RenewAsync(user, hash, cancellationToken) ? user with { PasswordHash = hash } : user;
    }

    // Null when the user was disabled or got another password while this one was looked at.
    private async Task<TokenResponse?> BeginAsync(
        User user,
        string? code,
        Origin origin,
        string action,
        CancellationToken cancellationToken
    )
    {
        if (await sessions.BeginAsync(user, code, origin.Client, cancellationToken) is not var (session, refreshToken))
        {
            return null;
        }

        await audit.AddAsync(origin with { Actor = user.Email }, action, user.Email, cancellationToken);
        return Response(user, session, refreshToken);
    }

    private TokenResponse Response(User user, LiveSession session, string refreshToken) =>
        new()
        {
            AccessToken = access.Issue(user, session),
            RefreshToken = refreshToken,
            TokenType = "Bearer",
            ExpiresIn = (int)AccessState.TokenLifetime.TotalSeconds,
        };

    private static ApiException WrongPassword() => new(401, "The e-mail or the password is wrong.");

    private static ApiException WrongCurrent() => ApiException.Invalid("current_password", "The current password is wrong.");

    private static ApiException WrongLink() =>
        new(401, "The link was used or replaced already, or has expired; `tradepost users password EMAIL` makes a new one.");

    [LoggerMessage(LogLevel.Warning, "A sign-in from {Client} failed, request {RequestId}")]
    private partial void LogFailed(string client, string requestId);
}

/// <summary>One try with a password, which counts until it is disposed; then what came of it does, if anything did.</summary>
internal sealed class SignInAttempt(SignInThrottle throttle, string email, string client, TimeSpan? wait) : IDisposable
{
    /// <summary>How long the client has to wait instead; null when it may try.</summary>
    public TimeSpan? Wait => wait;

    /// <summary>Counts a failure; true when it is the one that locks the client out of the e-mail.</summary>
    public bool Failed() => throttle.Failed(email, client);

    public void Succeeded() => throttle.Succeeded(email, client);

    public void Dispose()
    {
        if (wait is null)
        {
            throttle.Settle(email, client);
        }
    }
}
