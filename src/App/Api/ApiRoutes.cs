using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Health;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;

namespace Tradepost.App.Api;

/// <summary>Everything that is served: one line for each capability.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapWelcome();
        routes.MapAuth();
        routes.MapUsers();
        routes.MapAudit();
    }
}
