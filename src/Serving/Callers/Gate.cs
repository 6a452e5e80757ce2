using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Health;

namespace Tradepost.Serving.Callers;

/// <summary>Lets a request to its route, or says why not: not signed in, not allowed, or the store is away.</summary>
internal sealed class Gate(RequestDelegate next, StoreHealth health)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Without an endpoint, or at one of routing's own (405, 415), nothing is given away: the error says only that.
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RouteTraits>() is not { } traits)
        {
            return endpoint is RouteEndpoint
                ? throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may call it.")
                : next(context);
        }

        if (!traits.IsOpen)
        {
            if (context.FindCaller() is not { } caller)
            {
                if (context.IsUnproven())
                {
                    throw StoreAway();
                }

                context.Response.Headers.WWWAuthenticate = "Bearer";
                throw new ApiException(401, "A valid bearer token is needed; POST /api/v1/auth/token gives one.");
            }

            if (!traits.Allows(caller.Role))
            {
                throw new ApiException(
                    403,
                    $"The role {Name(caller.Role)} does not allow this; {string.Join(" or ", traits.Roles!.Select(Name))} does.",
                    new Dictionary<string, object> { ["role"] = Name(caller.Role), ["allowed"] = traits.Roles!.Select(Name).ToArray() }
                );
            }
        }

        return traits.NeedsStore && !health.IsReachable ? throw StoreAway() : next(context);
    }

    private static ApiException StoreAway() => new(503, Problems.StoreAway.Message, retryAfter: Problems.StorePause);

    private static string Name(Role role) => Spelling.Snake(role.ToString());
}
