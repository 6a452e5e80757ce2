namespace Tradepost.Serving.Commands;

/// <summary>Of a command that has none of its own.</summary>
internal sealed record NoOptions;
