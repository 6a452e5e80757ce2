using Microsoft.AspNetCore.Builder;

namespace Tradepost.Serving.Callers;

/// <summary>How a route says who may call it.</summary>
public static class RouteTraitsExtensions
{
    private static readonly Role[] Everyone = [Role.Admin, Role.Analyst, Role.Viewer];
    private static readonly Role[] Workers = [Role.Admin, Role.Analyst];
    private static readonly Role[] Admins = [Role.Admin];

    /// <summary>Whoever asks, without a token.</summary>
    public static T ForAnybody<T>(this T route, RateClass rate, bool needsStore = false)
        where T : IEndpointConventionBuilder => route.WithTraits(new RouteTraits(null, rate, needsStore));

    /// <summary>Whoever has signed in.</summary>
    public static T ForUsers<T>(this T route, RateClass rate = RateClass.Read, bool needsStore = true)
        where T : IEndpointConventionBuilder => route.WithTraits(new RouteTraits(Everyone, rate, needsStore));

    /// <summary>Analysts and administrators.</summary>
    public static T ForAnalysts<T>(this T route, RateClass rate = RateClass.Write)
        where T : IEndpointConventionBuilder => route.WithTraits(new RouteTraits(Workers, rate, NeedsStore: true));

    /// <summary>Administrators.</summary>
    public static T ForAdmins<T>(this T route, RateClass rate = RateClass.Write)
        where T : IEndpointConventionBuilder => route.WithTraits(new RouteTraits(Admins, rate, NeedsStore: true));

    private static T WithTraits<T>(this T route, RouteTraits traits)
        where T : IEndpointConventionBuilder
    {
        route.Add(builder => builder.Metadata.Add(traits));
        return route;
    }
}

/// <summary>What a route is: who may call it, how often, and whether it needs the store. A route without this is not served.</summary>
/// <param name="Roles">Who may call it; null: anybody, without a token.</param>
/// <param name="Rate">How often.</param>
/// <param name="NeedsStore">Whether it is refused at once while the store is away.</param>
internal sealed record RouteTraits(IReadOnlyList<Role>? Roles, RateClass Rate, bool NeedsStore)
{
    public bool IsOpen => Roles is null;

    public bool Allows(Role role) => Roles is null || Roles.Contains(role);
}
