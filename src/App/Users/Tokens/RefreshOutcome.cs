namespace Tradepost.App.Users.Tokens;

/// <summary>What became of a refresh token; the next one when it was renewed.</summary>
internal sealed record RefreshOutcome(RefreshResult Result, Guid UserId = default, Guid SessionId = default, string? RefreshToken = null);
