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
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Users.SignIns;

/// <summary>
/// Sessions of browsers: the refresh token is a cookie that no script can read, the access token lives in the page's memory alone.
/// </summary>
internal static class SessionEndpoints
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup(SessionCookie.Path);
        session
            .MapPost("", StartAsync)
            .ForAnybody(RateClass.SignIn, needsStore: true)
            .Describe(
                "auth",
                "Sign in from a browser",
                "With e-mail and password, or with the code of a one-time link. The refresh token becomes a cookie that scripts cannot "
                    + "read.",
                401,
                403
            )
            .Example("""{"email": "anna@example.com", "password": "four words make one"}""");
        session
            .MapPost("/refresh", RefreshAsync)
            .ForAnybody(RateClass.Write, needsStore: true)
            .Describe(
                "auth",
                "Renew a browser's session",
                "The cookie is renewed with it. Without a session that goes on the answer is 204.",
                403
            );
        session
            .MapPost("/password", ChangePasswordAsync)
            .ForUsers(RateClass.SignIn)
            .Describe("auth", "Change your password in a browser", "All your sessions end; this browser's begins again, with a new cookie.")
            .Example("""{"current_password": "four words make one", "password": "five other words are better"}""");
        session
            .MapDelete("", EndAsync)
            .ForUsers(RateClass.Write)
            .Describe("auth", "Sign out of a browser", "Ends the session and takes its cookie away.");
    }

    private static async Task<Ok<SessionToken>> StartAsync(
        Body<SessionStart> body,
        SignIn signIn,
        AccessState access,
        SessionCookie cookie,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        RefuseOtherSites(context);
        return await StartedAsync(
            await SignInAsync(body.Value, signIn, Origin.Of(context), cancellationToken),
            access,
            cookie,
            context,
            cancellationToken
        );
    }

    private static Task<TokenResponse> SignInAsync(SessionStart start, SignIn signIn, Origin origin, CancellationToken cancellationToken) =>
        start switch
        {
            { Code: { Length: > 0 } code, Password: { Length: > 0 } password } => signIn.WithLinkAsync(
                code,
                start.Email,
                password,
                origin,
                cancellationToken
            ),
            { Code: { Length: > 0 } code } => signIn.WithCodeAsync(code, origin, cancellationToken),
            { Email: { Length: > 0 } email, Password: { Length: > 0 } password } => signIn.WithPasswordAsync(
                email,
                password,
                origin,
                cancellationToken
            ),
            _ => throw ApiException.Invalid("email", "Give email and password, or the code of a link."),
        };

    private static async Task<Results<Ok<SessionToken>, NoContent>> RefreshAsync(
        SignIn signIn,
        AccessState access,
        SessionCookie cookie,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        RefuseOtherSites(context);
        if (cookie.Find(context) is not { } token)
        {
            return TypedResults.NoContent();
        }

        if (await signIn.TryRefreshAsync(token, Origin.Of(context), cancellationToken) is { } renewed)
        {
            return await StartedAsync(renewed, access, cookie, context, cancellationToken);
        }

        cookie.Clear(context);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionToken>> ChangePasswordAsync(
        Caller caller,
        Body<PasswordChange> body,
        SignIn signIn,
        AccessState access,
        SessionCookie cookie,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        RefuseOtherSites(context);
        var tokens = await signIn.ChangePasswordAsync(
            caller.UserId,
            body.Value.CurrentPassword,
            body.Value.Password,
            Origin.Of(context),
            cancellationToken
        );
        return await StartedAsync(tokens, access, cookie, context, cancellationToken);
    }

    private static async Task<NoContent> EndAsync(
        Caller caller,
        Sessions sessions,
        AccessState access,
        SessionCookie cookie,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        cookie.Clear(context);
        await sessions.RevokeAsync(caller.SessionId, "signed out", cancellationToken);
        await access.ReloadAsync(cancellationToken);
        await audit.AddAsync(Origin.Of(context), "sign_out", caller.Email, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionToken>> StartedAsync(
        TokenResponse tokens,
        AccessState access,
        SessionCookie cookie,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await access.FindAsync(tokens.AccessToken) is null)
        {
            await access.ReloadAsync(cancellationToken); // added a moment ago, by another process
        }

        var caller = await access.FindAsync(tokens.AccessToken) ?? throw new ApiException(401, "The user was disabled a moment ago.");
        cookie.Set(context, tokens.RefreshToken);
        return TypedResults.Ok(new SessionToken(tokens.AccessToken, tokens.ExpiresIn, new Me(caller.UserId, caller.Email, caller.Role)));
    }

    // The cookie is sent for this site alone already; browsers that say where a request comes from are believed as well.
    private static void RefuseOtherSites(HttpContext context)
    {
        if (context.Request.Headers[FetchSite] is [{ } site] && site is not ("same-origin" or "none"))
        {
            throw new ApiException(403, "Sessions of browsers are for pages of this server.");
        }
    }
}

internal sealed record SessionStart
{
    [Description("Who signs in; with the first administrator's link, who that is to be.")]
    public string? Email { get; init; }

    [Description("The password; with a link, the one to set.")]
    [FreeText]
    public string? Password { get; init; }

    [Description("The code at the end of a one-time link. Alone it signs in the user it was made for.")]
    public string? Code { get; init; }
}

internal sealed record LinkSignIn
{
    [Required]
    [Description("The code at the end of the link.")]
    public string Code { get; init; } = "";

    [Description("The e-mail of the first administrator; a link for a user knows it already.")]
    public string? Email { get; init; }

    [Required]
    [Description("The password to set, 12 characters or more.")]
    [FreeText]
    public string Password { get; init; } = "";
}

internal sealed record PasswordChange
{
    [Required]
    [Description("The password that is valid now.")]
    [FreeText]
    public string CurrentPassword { get; init; } = "";

    [Required]
    [Description("The password to set, 12 characters or more.")]
    [FreeText]
    public string Password { get; init; } = "";
}

/// <summary>Who a token belongs to.</summary>
internal sealed record Me(Guid Id, string Email, Role Role);

/// <summary>What a browser's sign-in gives to the page.</summary>
/// <param name="AccessToken">Sent with each request as Authorization: Bearer ….</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
/// <param name="User">Who signed in.</param>
internal sealed record SessionToken(string AccessToken, int ExpiresIn, Me User);
