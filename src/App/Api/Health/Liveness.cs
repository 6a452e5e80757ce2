namespace Tradepost.App.Api.Health;

/// <summary>The process lives.</summary>
/// <param name="Status">Always <c>alive</c>.</param>
internal sealed record Liveness(string Status);
