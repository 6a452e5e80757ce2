namespace Tradepost.App.Users.Tokens;

/// <summary>Whom a link is for; without a user it makes the first administrator.</summary>
internal sealed record Link(Guid? UserId);
