namespace Tradepost.App.Users.Accounts;

/// <summary>A user who was added, and the code with which they set a password when none was given.</summary>
internal sealed record UserCreated(UserView User, string? LinkCode);
