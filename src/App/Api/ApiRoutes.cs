using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Alerts;
using Tradepost.App.Api.Backfills;
using Tradepost.App.Api.Data;
using Tradepost.App.Api.Freshness;
using Tradepost.App.Api.Health;
using Tradepost.App.Api.Learning;
using Tradepost.App.Api.Models;
using Tradepost.App.Api.OpenApi;
using Tradepost.App.Api.Pages;
using Tradepost.App.Api.Reference;
using Tradepost.App.Api.Runs;
using Tradepost.App.Api.Schedules;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Serving.OpenApi;

namespace Tradepost.App.Api;

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
