namespace Tradepost.App.Api.OpenApi;

/// <summary>Marks a route that answers with server-sent events to who accepts them.</summary>
internal sealed record EventStream;
