namespace Tradepost.Serving.Callers;

/// <summary>What a route is: who may call it, how often, and whether it needs the store. A route without this is not served.</summary>
/// <param name="Roles">Who may call it; null: anybody, without a token.</param>
/// <param name="Rate">How often.</param>
/// <param name="NeedsStore">Whether it is refused at once while the store is away.</param>
internal sealed record RouteTraits(IReadOnlyList<Role>? Roles, RateClass Rate, bool NeedsStore)
{
    public bool IsOpen => Roles is null;

    public bool Allows(Role role) => Roles is null || Roles.Contains(role);
}
