using Tradepost.Storage.Failures;

namespace Tradepost.App.Users.Accounts;

/// <summary>A change would leave nobody who may administer.</summary>
internal sealed class LastAdminException(string email)
    : ForeseenException(FailureKind.Conflict, $"{email} is the only administrator who can sign in; make another one first.");
