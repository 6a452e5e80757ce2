namespace Tradepost.Advertising.Managing;

/// <summary>Who asks for a change.</summary>
/// <param name="Email">Of the user.</param>
/// <param name="Key">With which the same request is known when it comes again; null without.</param>
internal sealed record ChangeAsker(string Email, string? Key = null);
