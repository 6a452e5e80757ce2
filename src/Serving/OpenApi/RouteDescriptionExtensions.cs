using Microsoft.AspNetCore.Builder;
using Tradepost.Serving.Requests;

namespace Tradepost.Serving.OpenApi;

/// <summary>How a route describes itself.</summary>
public static class RouteDescriptionExtensions
{
    /// <summary>Puts the route into a group with a line of what it does, and the errors that it has beside those of its kind.</summary>
    public static T Describe<T>(this T route, string tag, string summary, params int[] errors)
        where T : IEndpointConventionBuilder => route.Describe(tag, summary, details: null, errors);

    /// <summary>The same, with what is worth knowing beside.</summary>
    public static T Describe<T>(this T route, string tag, string summary, string? details, params int[] errors)
        where T : IEndpointConventionBuilder => route.With(new RouteDescription(tag, summary, details, errors));

    /// <summary>Shows a body as JSON.</summary>
    public static T Example<T>(this T route, string json)
        where T : IEndpointConventionBuilder => route.With(new RequestExample(json));

    /// <summary>Says what a header means.</summary>
    public static T Header<T>(this T route, string name, string description)
        where T : IEndpointConventionBuilder => route.With(new ParameterText("header", name, description, Example: null));

    /// <summary>Says what a part of the path means.</summary>
    public static T Path<T>(this T route, string name, string description, string example)
        where T : IEndpointConventionBuilder => route.With(new ParameterText("path", name, description, example));

    /// <summary>Says that who accepts server-sent events gets them.</summary>
    public static T ReturnsEvents<T>(this T route)
        where T : IEndpointConventionBuilder => route.With(new EventStream());

    private static T With<T>(this T route, object metadata)
        where T : IEndpointConventionBuilder
    {
        route.Add(builder => builder.Metadata.Add(metadata));
        return route;
    }
}

/// <summary>What a route does, for its description.</summary>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Details">What is worth knowing beside; may be null.</param>
/// <param name="Errors">Statuses that this route has beside those that all of its kind have.</param>
internal sealed record RouteDescription(string Tag, string Summary, string? Details, IReadOnlyList<int> Errors);

/// <summary>What a header or a part of a path means.</summary>
/// <param name="In"><c>header</c> or <c>path</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">A value; may be null.</param>
internal sealed record ParameterText(string In, string Name, string Description, string? Example);

/// <summary>An example of a body, as JSON.</summary>
internal sealed record RequestExample(string Json);
