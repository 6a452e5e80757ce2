namespace Tradepost.App.Api.Health;

/// <summary>The server can do its work.</summary>
/// <param name="Status">Always <c>ready</c>.</param>
/// <param name="Store">Always <c>reachable</c>.</param>
/// <param name="Migrations">Always <c>applied</c>.</param>
internal sealed record Readiness(string Status, string Store, string Migrations);
