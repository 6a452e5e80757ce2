using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Hosting;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Api.Pages;

/// <summary>A file that is part of the program, served to anybody.</summary>
internal static class EmbeddedPage
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapPage(this IEndpointRouteBuilder routes, string path, string resource, string contentType)
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
