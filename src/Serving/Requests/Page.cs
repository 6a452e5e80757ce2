namespace Tradepost.Serving.Requests;

/// <summary>A part of a list; with <c>next</c>, where the following part begins, as long as there is one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How a part of a list says where the following part begins.</summary>
public static class Page
{
    /// <summary>A part that begins behind so many items; a full one has a following part.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> items, int limit, int cursor) =>
        new(items, items.Count == limit ? (cursor + limit).ToString() : null);
}

/// <summary>All there is.</summary>
public sealed record ItemList<T>(IReadOnlyList<T> Items);
