using Microsoft.AspNetCore.Http;
using Tradepost.App.Listening;
using Tradepost.App.Users.Tokens;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Users.SignIns;

/// <summary>
/// The cookie that holds a browser's refresh token: no script can read it, and no other site can have it sent. It goes only to the
/// path that this server is under, and is named for it: a server under another path of the host may be sent it, and takes its own.
/// </summary>
internal sealed class SessionCookie(Settings settings)
{
    /// <summary>Where the routes are that look at it.</summary>
    public const string Path = "/api/v1/auth/session";

    private const string PlainName = "tradepost_session";

    private readonly string scope = PathPrefix.From(settings);

    public string? Find(HttpContext context) => context.Request.Cookies[Name(context)] is { Length: > 0 } token ? token : null;

    public void Set(HttpContext context, string refreshToken) =>
        context.Response.Cookies.Append(Name(context), refreshToken, Options(context, Sessions.Lifetime));

    public void Clear(HttpContext context) => context.Response.Cookies.Append(Name(context), "", Options(context, TimeSpan.Zero));

    // What begins with __Host- a browser takes over https alone, and for the whole host alone; with __Secure- over https alone.
    private string Name(HttpContext context)
    {
        var prefix =
            !context.Request.IsHttps ? ""
            : scope.Length == 0 ? "__Host-"
            : "__Secure-";
        return prefix + PlainName + scope.Replace('/', '.');
    }

    private CookieOptions Options(HttpContext context, TimeSpan lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            // Without the setting a proxy may still serve the page under a path that it does not pass on.
            Path = scope.Length == 0 ? "/" : scope,
            MaxAge = lifetime,
        };
}
