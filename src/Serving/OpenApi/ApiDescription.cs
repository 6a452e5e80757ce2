namespace Tradepost.Serving.OpenApi;

/// <summary>What the description of the API says that no route says.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Tags">The groups of routes, in the order in which a reader wants them.</param>
/// <param name="Examples">Examples, as JSON, of what the server sends; a test holds each against its schema.</param>
internal sealed record ApiDescription(string Version, IReadOnlyList<string> Tags, Func<IReadOnlyDictionary<Type, string>> Examples);
