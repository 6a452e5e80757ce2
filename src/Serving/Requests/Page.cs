namespace Tradepost.Serving.Requests;

/// <summary>A part of a list; with <c>next</c>, where the following part begins, as long as there is one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
