using Microsoft.AspNetCore.Http;
using Tradepost.App.Users.Tokens;

namespace Tradepost.App.Users.SignIns;

/// <summary>The cookie that holds a browser's refresh token: no script can read it, and no other site can have it sent.</summary>
internal static class SessionCookie
{
    public const string Name = "tradepost_session";
    public const string Path = "/api/v1/auth/session";

    public static string? Find(HttpContext context) => context.Request.Cookies[Name] is { Length: > 0 } token ? token : null;

    public static void Set(HttpContext context, string refreshToken) => context.Response.Cookies.Append(Name, refreshToken, Options(context, Sessions.Lifetime));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(Name, "", Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/", // a proxy may serve the page under a prefix that it does not pass on
        MaxAge = lifetime,
    };
}
