namespace Tradepost.Serving.OpenApi;

/// <summary>What a route does, for its description.</summary>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Details">What is worth knowing beside; may be null.</param>
/// <param name="Errors">Statuses that this route has beside those that all of its kind have.</param>
internal sealed record RouteDescription(string Tag, string Summary, string? Details, IReadOnlyList<int> Errors);
