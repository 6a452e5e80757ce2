namespace Tradepost.App.Api.Requests;

/// <summary>All there is.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items);
