using Microsoft.AspNetCore.Builder;

namespace Tradepost.App.Api.OpenApi;

/// <summary>How a route describes itself.</summary>
internal static class RouteDescriptionExtensions
{
    public static T Describe<T>(this T route, string tag, string summary, params int[] errors)
        where T : IEndpointConventionBuilder => route.Describe(tag, summary, details: null, errors);

    public static T Describe<T>(this T route, string tag, string summary, string? details, params int[] errors)
        where T : IEndpointConventionBuilder => route.With(new RouteDescription(tag, summary, details, errors));

    public static T Example<T>(this T route, string json)
        where T : IEndpointConventionBuilder => route.With(new RequestExample(json));

    private static T With<T>(this T route, object metadata)
        where T : IEndpointConventionBuilder
    {
        route.Add(builder => builder.Metadata.Add(metadata));
        return route;
    }
}
