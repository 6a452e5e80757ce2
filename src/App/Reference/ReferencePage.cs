using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Listening;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Reference;

/// <summary>The description of the API as a page; everything it needs is part of the program.</summary>
internal static class ReferencePage
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/docs", "Reference/docs.html", "text/html; charset=utf-8");
        routes.MapPage("/docs/start.js", "Reference/start.js", "text/javascript; charset=utf-8");
        routes.MapPage("/docs/swagger-ui.css", "Reference/swagger-ui.css", "text/css; charset=utf-8");
        routes.MapPage("/docs/swagger-ui-bundle.js", "Reference/swagger-ui-bundle.js", "text/javascript; charset=utf-8");
    }

    private static void MapPage(this IEndpointRouteBuilder routes, string path, string resource, string contentType)
    {
        var content = Read(resource);
        routes
            .MapMethods(path, Reading, (RequestDelegate)(context => WriteAsync(context, content, contentType)))
            .ForAnybody(RateClass.Read);
    }

    private static Task WriteAsync(HttpContext context, byte[] content, string contentType)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
        response.Headers.CacheControl = "no-cache";
        return response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"There is no embedded file {resource}.", nameof(resource));
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
