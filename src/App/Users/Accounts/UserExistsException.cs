namespace Tradepost.App.Users.Accounts;

/// <summary>There is a user with this e-mail already.</summary>
internal sealed class UserExistsException(string email) : Exception($"There is a user {email} already.");
