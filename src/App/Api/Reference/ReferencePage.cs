using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Pages;

namespace Tradepost.App.Api.Reference;

/// <summary>The description of the API as a page; everything it needs is part of the program.</summary>
internal static class ReferencePage
{
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/docs", "Reference/docs.html", "text/html; charset=utf-8");
        routes.MapPage("/docs/start.js", "Reference/start.js", "text/javascript; charset=utf-8");
        routes.MapPage("/docs/swagger-ui.css", "Reference/swagger-ui.css", "text/css; charset=utf-8");
        routes.MapPage("/docs/swagger-ui-bundle.js", "Reference/swagger-ui-bundle.js", "text/javascript; charset=utf-8");
    }
}
