using Tradepost.Storage.Failures;

namespace Tradepost.App.Users.Accounts;

/// <summary>There is a user with this e-mail already.</summary>
internal sealed class UserExistsException(string email) : ForeseenException(FailureKind.Conflict, $"There is a user {email} already.");
