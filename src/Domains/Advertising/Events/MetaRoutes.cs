using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Events;

/// <summary>What Meta tells of ad accounts: verified on the bytes as they came, durable before it is acknowledged.</summary>
internal static class MetaRoutes
{
    private const string Path = "/webhooks/meta";
    private const string SignatureHeader = "X-Hub-Signature-256";
    private const int LongestChallenge = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (RequestDelegate)VerifyAsync)
            .ForAnybody(RateClass.Read)
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(void), []))
            .Describe(
                "ads",
                "Answer Meta's verification of the webhook",
                "The challenge, where hub.verify_token is META_VERIFY_TOKEN.",
                403,
                404
            );
        routes
            .MapPost(Path, (RequestDelegate)PostAsync)
            .ForAnybody(RateClass.Free)
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(void), []))
            .Describe(
                "ads",
                "Take what Meta tells of ad accounts",
                "The body is signed with META_APP_SECRET. It is on disk before the answer; what was told already is ignored.",
                400,
                401,
                404,
                413,
                415,
                422,
                429,
                503
            )
            .Header(SignatureHeader, "sha256= and the HMAC-SHA256 of the body.");
    }

    private static async Task VerifyAsync(HttpContext context)
    {
        var token = Find(context, EventSettings.MetaVerifyToken);
        var query = context.Request.Query;
        var challenge = query["hub.challenge"].ToString();
        var isKnown = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(query["hub.verify_token"].ToString())),
            SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal()))
        );
        if (
            !isKnown
            || query["hub.mode"] != "subscribe"
            || challenge.Length is 0 or > LongestChallenge
            || !challenge.All(char.IsAsciiLetterOrDigit)
        )
        {
            throw new ApiException(403, "This is not the verification that META_VERIFY_TOKEN lets through.");
        }

        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(challenge, context.RequestAborted);
    }

    private static Task PostAsync(HttpContext context)
    {
        var secret = Find(context, EventSettings.MetaSecret);
        var signature = context.Request.Headers[SignatureHeader].ToString();
        return context
            .RequestServices.GetRequiredService<RawBody>()
            .ReadAsync(context, async body =>
            {
                if (!BodySignature.IsOf(signature, body.Span, secret))
                {
                    throw new ApiException(401, $"{SignatureHeader} is not the signature of this body by META_APP_SECRET.");
                }

                var notices = Read(body, context.RequestServices.GetRequiredService<TimeProvider>().Microseconds());
                await EventRoutes.PublishAsync(() =>
                    context.RequestServices.GetRequiredService<EventTopic>().PublishAsync(notices, context.RequestAborted)
                );
                context.Response.StatusCode = StatusCodes.Status200OK;
            });
    }

    private static Secret Find(HttpContext context, string name) =>
        EventSettings.Find(context.RequestServices.GetRequiredService<Settings>(), name)
        ?? throw ApiException.NotFound($"Webhooks of Meta are not set up: the setting {name} is missing on this server.");

    private static IReadOnlyList<PlatformNotice> Read(ReadOnlyMemory<byte> body, long now)
    {
        try
        {
            return PlatformNotice.ReadAll(body, now);
        }
        catch (EventProblemException e)
        {
            throw ApiException.Invalid(e.Field, e.Message);
        }
        catch (JsonException e)
        {
            throw new ApiException(400, $"The body is not JSON that can be read: {JsonText.Reason(e)}");
        }
    }
}
