using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Serving.Callers;

namespace Tradepost.Serving.OpenApi;

/// <summary>Serves the API's description; it is made when it is asked for first.</summary>
internal static class OpenApiEndpoint
{
    public static void MapOpenApi(this IEndpointRouteBuilder routes, ApiDescription description)
    {
        var document = new Lazy<byte[]>(() =>
            OpenApiDocument.Create(routes.ServiceProvider.GetRequiredService<EndpointDataSource>().Endpoints, description)
        );
        routes.MapGet("/openapi/v1.json", (RequestDelegate)(context => WriteAsync(context, document.Value))).ForAnybody(RateClass.Read);
    }

    private static Task WriteAsync(HttpContext context, byte[] document)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = document.Length;
        return context.Response.Body.WriteAsync(document, context.RequestAborted).AsTask();
    }
}
