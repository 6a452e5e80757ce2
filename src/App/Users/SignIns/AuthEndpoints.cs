using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Users.SignIns;

/// <summary>Signing in, staying signed in, signing out.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/v1/auth");
        auth.MapPost("/token", TokenAsync)
            .ForAnybody(RateClass.SignIn, needsStore: true)
            .Describe(
                "auth",
                "Sign in with e-mail and password",
                "Five wrong passwords for one e-mail lock the client out of it for 15 minutes.",
                401
            )
            .Example("""{"email": "anna@example.com", "password": "four words make one"}""");
        auth.MapPost("/refresh", RefreshAsync)
            .ForAnybody(RateClass.SignIn, needsStore: true)
            .Describe(
                "auth",
                "Exchange a refresh token",
                "Each refresh token is good once; one that comes a second time ends the session it belongs to.",
                401
            )
            .Example("""{"refresh_token": "kQzb…"}""");
        auth.MapPost("/link", LinkAsync)
            .ForAnybody(RateClass.SignIn, needsStore: true)
            .Describe(
                "auth",
                "Set a password by a one-time link",
                "The first `serve` without users prints a link, and so do `users add` and `users password`.",
                401,
                409
            )
            .Example("""{"code": "Vb1x…", "email": "anna@example.com", "password": "four words make one"}""");
        auth.MapPost("/password", ChangePasswordAsync)
            .ForUsers(RateClass.SignIn)
            .Describe("auth", "Change your password", "All your sessions end, and a new one begins.")
            .Example("""{"current_password": "four words make one", "password": "five other words are better"}""");
        auth.MapPost("/revoke", RevokeAsync)
            .ForUsers(RateClass.Write)
            .Describe(
                "auth",
                "Sign out",
                "Ends the session: its access tokens and its refresh token stop working at once on this server, within seconds on others."
            );
        auth.MapGet("/me", Get).ForUsers(needsStore: false).Describe("auth", "Show whose token it is");
    }

    private static async Task<Ok<TokenResponse>> TokenAsync(
        Body<PasswordSignIn> body,
        SignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await signIn.WithPasswordAsync(body.Value.Email, body.Value.Password, Origin.Of(context), cancellationToken));

    private static async Task<Ok<TokenResponse>> RefreshAsync(
        Body<Refresh> body,
        SignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await signIn.RefreshAsync(body.Value.RefreshToken, Origin.Of(context), cancellationToken));

    private static async Task<Ok<TokenResponse>> LinkAsync(
        Body<LinkSignIn> body,
        SignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await signIn.WithLinkAsync(body.Value.Code, body.Value.Email, body.Value.Password, Origin.Of(context), cancellationToken)
        );

    private static async Task<Ok<TokenResponse>> ChangePasswordAsync(
        Caller caller,
        Body<PasswordChange> body,
        SignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await signIn.ChangePasswordAsync(
                caller.UserId,
                body.Value.CurrentPassword,
                body.Value.Password,
                Origin.Of(context),
                cancellationToken
            )
        );

    private static async Task<NoContent> RevokeAsync(
        Caller caller,
        Sessions sessions,
        AccessState access,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await sessions.RevokeAsync(caller.SessionId, "signed out", cancellationToken);
        await access.ReloadAsync(cancellationToken);
        await audit.AddAsync(Origin.Of(context), "sign_out", caller.Email, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Ok<Me> Get(Caller caller) => TypedResults.Ok(new Me(caller.UserId, caller.Email, caller.Role));
}

internal sealed record PasswordSignIn
{
    [Required]
    [Description("The user's e-mail.")]
    public string Email { get; init; } = "";

    [Required]
    [Description("The user's password.")]
    [FreeText]
    public string Password { get; init; } = "";
}

internal sealed record Refresh
{
    [Required]
    [Description("The refresh token of the last response.")]
    public string RefreshToken { get; init; } = "";
}

/// <summary>What a sign-in gives.</summary>
internal sealed record TokenResponse
{
    [Description("Sent with each request as Authorization: Bearer …")]
    public required string AccessToken { get; init; }

    [Description("Exchanged, once, for the next pair of tokens.")]
    public required string RefreshToken { get; init; }

    [Description("Always Bearer.")]
    public required string TokenType { get; init; }

    [Description("Seconds until the access token expires.")]
    public required int ExpiresIn { get; init; }
}
