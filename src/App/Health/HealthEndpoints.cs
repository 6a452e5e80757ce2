using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Health;
using Tradepost.Serving.OpenApi;

namespace Tradepost.App.Health;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly byte[] Alive = """{"status":"alive"}"""u8.ToArray();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods("/health/live", Reading, (RequestDelegate)AliveAsync)
            .ForAnybody(RateClass.Free)
            .Describe("health", "Is the process alive")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Liveness), ["application/json"]));
        routes
            .MapMethods("/health/ready", Reading, Ready)
            .ForAnybody(RateClass.Free)
            .Describe("health", "Can it do its work", "503 while the store is away or its tables are not up to date.", 503);
    }

    private static Task AliveAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Alive.Length;
        return context.Response.BodyWriter.WriteAsync(Alive, context.RequestAborted).AsTask();
    }

    private static Ok<Readiness> Ready(StoreHealth health) =>
        health switch
        {
            { IsReachable: false } => throw new ApiException(
                503,
                Problems.StoreAway.Message,
                new Dictionary<string, object> { ["store"] = "unreachable" },
                Problems.StorePause
            ),
            { PendingMigrations: { Count: > 0 } pending } => throw new ApiException(
                503,
                "The store's tables are not up to date; `tradepost db migrate` applies what is pending.",
                new Dictionary<string, object> { ["migrations"] = pending },
                TimeSpan.FromSeconds(10)
            ),
            _ => TypedResults.Ok(new Readiness("ready", "reachable", "applied")),
        };
}

/// <summary>The process lives.</summary>
/// <param name="Status">Always <c>alive</c>.</param>
internal sealed record Liveness(string Status);

/// <summary>The server can do its work.</summary>
/// <param name="Status">Always <c>ready</c>.</param>
/// <param name="Store">Always <c>reachable</c>.</param>
/// <param name="Migrations">Always <c>applied</c>.</param>
internal sealed record Readiness(string Status, string Store, string Migrations);
