using Microsoft.AspNetCore.Builder;
using Tradepost.Serving.Requests;

namespace Tradepost.Serving.OpenApi;

/// <summary>How a route describes itself.</summary>
public static class RouteDescriptionExtensions
{
    public static T Describe<T>(this T route, string tag, string summary, params int[] errors)
        where T : IEndpointConventionBuilder => route.Describe(tag, summary, details: null, errors);

    public static T Describe<T>(this T route, string tag, string summary, string? details, params int[] errors)
        where T : IEndpointConventionBuilder => route.With(new RouteDescription(tag, summary, details, errors));

    public static T Example<T>(this T route, string json)
        where T : IEndpointConventionBuilder => route.With(new RequestExample(json));

    public static T Header<T>(this T route, string name, string description)
        where T : IEndpointConventionBuilder => route.With(new ParameterText("header", name, description, Example: null));

    public static T Path<T>(this T route, string name, string description, string example)
        where T : IEndpointConventionBuilder => route.With(new ParameterText("path", name, description, example));

    public static T ReturnsEvents<T>(this T route)
        where T : IEndpointConventionBuilder => route.With(new EventStream());

    private static T With<T>(this T route, object metadata)
        where T : IEndpointConventionBuilder
    {
        route.Add(builder => builder.Metadata.Add(metadata));
        return route;
    }
}
