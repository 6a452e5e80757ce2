namespace Tradepost.App.Users.Tokens;

/// <summary>Whose a session is that was issued and has not ended, and when it ends at the latest.</summary>
internal sealed record LiveSession(Guid Id, Guid UserId, DateTime ExpiresAt);
