using Microsoft.AspNetCore.Http;

namespace Tradepost.Serving.Requests;

/// <summary>Marks a route that answers with server-sent events to who accepts them.</summary>
public sealed record EventStream
{
    internal const string MediaType = "text/event-stream";

    /// <summary>Whether the route gives events and the request asks for them.</summary>
    public static bool IsWanted(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EventStream>() is not null
        && context.Request.Headers.Accept.Any(accept => accept?.Contains(MediaType, StringComparison.OrdinalIgnoreCase) == true);
}
