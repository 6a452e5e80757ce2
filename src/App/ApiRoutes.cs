using Microsoft.AspNetCore.Routing;
using Tradepost.App.Alerts;
using Tradepost.App.Data;
using Tradepost.App.Health;
using Tradepost.App.Learning;
using Tradepost.App.Models;
using Tradepost.App.Pages;
using Tradepost.App.Reference;
using Tradepost.App.Runs;
using Tradepost.App.Schedules;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.App.Users.Administration;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Serving.OpenApi;

namespace Tradepost.App;

/// <summary>Everything that is served: one line for each capability.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapOpenApi(ApiContents.Api);
        routes.MapReference();
        routes.MapPages();
        routes.MapAuth();
        routes.MapSessions();
        routes.MapUsers();
        routes.MapAudit();
        routes.MapJobs();
        routes.MapRuns();
        routes.MapBackfills();
        routes.MapSchedules();
        routes.MapAlerts();
        routes.MapFreshness();
        routes.MapLearning();
        routes.MapModels();
        routes.MapData();
        foreach (var domain in Domains.All)
        {
            domain.Routes(routes);
        }
    }
}
