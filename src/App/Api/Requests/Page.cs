namespace Tradepost.App.Api.Requests;

/// <summary>A part of a list; with <c>next</c>, where the following part begins, as long as there is one.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
