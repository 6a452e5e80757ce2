namespace Tradepost.App.Users.Tokens;

/// <summary>What became of a refresh token; the next one when it was renewed.</summary>
internal sealed record RefreshOutcome(RefreshResult Result, LiveSession? Session = null, string? RefreshToken = null);
