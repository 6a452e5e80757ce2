using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Listening;
using Tradepost.Serving.Callers;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Pages;

/// <summary>The page: one document for all of its own addresses, and the files that it loads, all of them parts of the program.</summary>
internal static class PageEndpoints
{
    private const string Base = "<base href=\"/\"";

    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>What the page's own router knows; anything else that nothing is served under stays a 404.</summary>
    private static readonly string[] Addresses =
    [
        "/",
        "/welcome",
        "/sign-in",
        "/runs/{**rest}",
        .. Domains.All.Select(domain => $"/{domain.Name}/{{**rest}}"),
        "/models/{**rest}",
        "/data/{**rest}",
        "/settings/{**rest}",
    ];

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var prefix = PathPrefix.From(routes.ServiceProvider.GetRequiredService<Settings>());
        var files = PageFile.All;
        var document = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(files["index.html"].Content).Replace(Base, $"<base href=\"{prefix}/\"", StringComparison.Ordinal)
        );
        foreach (var address in Addresses)
        {
            routes
                .MapMethods(
                    address,
                    Reading,
                    (RequestDelegate)(context => PageFile.WriteAsync(context, document, "text/html; charset=utf-8", "no-cache"))
                )
                .ForAnybody(RateClass.Free);
        }

        routes
            .MapMethods("/favicon.svg", Reading, (RequestDelegate)(context => files["favicon.svg"].WriteAsync(context)))
            .ForAnybody(RateClass.Free);
        routes
            .MapMethods("/theme.js", Reading, (RequestDelegate)(context => files["theme.js"].WriteAsync(context)))
            .ForAnybody(RateClass.Free);
        routes
            .MapMethods("/assets/{file}", Reading, (RequestDelegate)(context => WriteAssetAsync(context, files)))
            .ForAnybody(RateClass.Free);
    }

    private static Task WriteAssetAsync(HttpContext context, IReadOnlyDictionary<string, PageFile> files)
    {
        if (files.TryGetValue($"assets/{context.GetRouteValue("file")}", out var file))
        {
            return file.WriteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
