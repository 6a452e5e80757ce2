using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tradepost.App.Listening;

/// <summary>
/// The headers that every response carries; pages replace the content policy with one that lets them load their own files.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of a page: everything from this server, nothing from elsewhere, in nobody's frame.</summary>
    public const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; object-src 'none'";

    /// <summary>As lines of an answer that no handler writes.</summary>
    public const string Text =
        "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nContent-Security-Policy: default-src 'none'; frame-ancestors "
        + "'none'\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n";

    private const string RequestIdHeader = "X-Request-Id";
    private const int LongestRequestId = 64;

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NothingLoads = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues OneYear = "max-age=31536000";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[RequestIdHeader] is [{ } given] && IsRequestId(given))
        {
            context.TraceIdentifier = given;
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = NothingLoads;
        headers.CacheControl = NoStore;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        headers[RequestIdHeader] = context.TraceIdentifier;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }

        return next(context);
    }

    // What a caller sends is written into logs: only what cannot be mistaken for something else there.
    private static bool IsRequestId(string text) =>
        text.Length is > 0 and <= LongestRequestId
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');
}
