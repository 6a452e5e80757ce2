namespace Tradepost.Serving.OpenApi;

/// <summary>What a header or a part of a path means.</summary>
/// <param name="In"><c>header</c> or <c>path</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">A value; may be null.</param>
internal sealed record ParameterText(string In, string Name, string Description, string? Example);
