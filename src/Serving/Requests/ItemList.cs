namespace Tradepost.Serving.Requests;

/// <summary>All there is.</summary>
public sealed record ItemList<T>(IReadOnlyList<T> Items);
