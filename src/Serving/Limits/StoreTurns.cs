using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Serving.Limits;

/// <summary>
/// Lets so many reads of the store go on at once; the others wait in the order in which they came. More at once would take longer for
/// all, and more memory than the embedded store has. A turn ends with the first byte of the answer: whoever reads slowly holds up nobody.
/// </summary>
internal sealed class StoreTurns(RequestDelegate next, ConcurrencyLimiter turns)
{
    private const int MostWaiting = 5000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static ConcurrencyLimiter NewTurns(Store store) =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = store.Traits.ReadsAtOnce,
                QueueLimit = MostWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );

    public Task InvokeAsync(HttpContext context) => IsRead(context) ? WaitAsync(context) : next(context);

    private async Task WaitAsync(HttpContext context)
    {
        using var turn = await turns.AcquireAsync(permitCount: 1, context.RequestAborted);
        if (!turn.IsAcquired)
        {
            throw new ApiException(503, "More requests wait than can be answered soon; try again shortly.", retryAfter: Pause);
        }

        context.Response.OnStarting(End, turn);
        await next(context);
    }

    private static Task End(object turn)
    {
        ((RateLimitLease)turn).Dispose();
        return Task.CompletedTask;
    }

    // Queries have a limit of their own, and event streams wait for what has not happened yet.
    private static bool IsRead(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<RouteTraits>() is { NeedsStore: true, Rate: not RateClass.Query }
        && !EventStream.IsWanted(context);
}
