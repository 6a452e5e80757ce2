namespace Tradepost.Serving.OpenApi;

/// <summary>An example of a body, as JSON.</summary>
internal sealed record RequestExample(string Json);
