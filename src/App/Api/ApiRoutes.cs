using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Health;

namespace Tradepost.App.Api;

/// <summary>Everything that is served: one line for each capability.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
    }
}
