namespace Tradepost.App.Users.Tokens;

/// <summary>What an access token says.</summary>
internal readonly record struct TokenClaims(Guid UserId, Guid SessionId);
