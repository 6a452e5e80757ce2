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
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>Takes the advertiser's own events: durable before they are acknowledged, each once.</summary>
internal static class EventRoutes
{
    private const string SignatureHeader = "X-Signature-256";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/events", (RequestDelegate)PostAsync)
            .ForAnybody(RateClass.Free)
            .WithMetadata(new ProducesResponseTypeMetadata(202, typeof(EventsAccepted), ["application/json"]))
            .Describe(
                "ads",
                "Take impressions, clicks and conversions",
                "A JSON object with a list events, or NDJSON with one on each line: id, type (impression, click, conversion), at, campaign_id, and where "
                    + "they are known ad_id, user_id, value and currency. The body is signed with ADS_EVENTS_SECRET in the header X-Signature-256, as "
                    + "sha256= and the HMAC-SHA256 of its bytes in hexadecimal digits; or an analyst's or administrator's token is sent. Events are on "
                    + "disk before the answer; one with the id of another is that one again.",
                400,
                401,
                403,
                413,
                415,
                422,
                429,
                503
            )
            .Header(SignatureHeader, "sha256= and the HMAC-SHA256 of the body, in place of a token.");

    /// <summary>Publishes, and says what to do where the topic takes nothing.</summary>
    public static async Task PublishAsync(Func<Task> publish)
    {
        try
        {
            await publish();
        }
        catch (Exception e) when (e is TopicException or LogInUseException)
        {
            throw new ApiException(
                503,
                $"Events cannot be kept now; send this again after the time in Retry-After. {e.Message}",
                retryAfter: Pause
            );
        }
        catch (ObjectDisposedException)
        {
            throw new ApiException(503, "The server stops; send this again after the time in Retry-After.", retryAfter: Pause);
        }
    }

    private static Task PostAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var secret = EventSettings.Find(services.GetRequiredService<Settings>(), EventSettings.EventsSecret);
        var signature = context.Request.Headers[SignatureHeader].ToString();
        if (signature.Length == 0)
        {
            CheckCaller(context, secret is not null);
        }
        else if (secret is null)
        {
            throw new ApiException(401, "Signatures are not taken: the setting ADS_EVENTS_SECRET is missing on this server.");
        }

        return services
            .GetRequiredService<RawBody>()
            .ReadAsync(context, async body =>
            {
                if (signature.Length > 0 && !BodySignature.IsOf(signature, body.Span, secret!.Value))
                {
                    throw new ApiException(
                        401,
                        $"{SignatureHeader} is not the signature of this body; sign the bytes that are sent with ADS_EVENTS_SECRET."
                    );
                }

                var events = Read(context, body, services.GetRequiredService<TimeProvider>().Microseconds());
                var repeated = 0;
                await PublishAsync(async () =>
                    repeated = await services.GetRequiredService<EventTopic>().PublishAsync(events, context.RequestAborted)
                );
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                await context.Response.WriteAsJsonAsync(
                    new EventsAccepted { Accepted = events.Count - repeated, Repeated = repeated },
                    context.RequestAborted
                );
            });
    }

    private static void CheckCaller(HttpContext context, bool mayBeSigned)
    {
        if (Caller.Find(context) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ApiException(
                401,
                mayBeSigned
                    ? $"A signature in {SignatureHeader} or a valid bearer token is needed."
                    : "A valid bearer token is needed; POST /api/v1/auth/token gives one. Set ADS_EVENTS_SECRET to take signed bodies."
            );
        }

        if (caller.Role == Role.Viewer)
        {
            throw new ApiException(403, "The role viewer does not allow this; analyst or admin does.");
        }
    }

    private static List<AdEvent> Read(HttpContext context, ReadOnlyMemory<byte> body, long now)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        try
        {
            return LineTypes.Contains(type, StringComparer.OrdinalIgnoreCase) ? EventBatch.ReadLines(body, now)
                : type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? EventBatch.ReadJson(body, now)
                : throw new ApiException(
                    415,
                    $"The body is {(type.Length == 0 ? "of no type" : type)}; expected is application/json or application/x-ndjson."
                );
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
